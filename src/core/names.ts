export type RoleName = 'mentor' | 'facilitator' | 'coordinator';
export type PlatformName = 'discord' | 'slack' | 'playground';
