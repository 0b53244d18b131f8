/** Where the tests' bot is reached from outside. Nothing listens there. */
export const SITE = 'https://homegroup.example';
