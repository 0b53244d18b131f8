export type Platform = 'discord' | 'slack' | 'playground';
