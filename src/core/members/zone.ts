import type { Member } from '../../db/generated/client.js';

type Placed = Pick<Member, 'zone' | 'toldZone'>;

/** IANA: what the member chose, else what the platform told last; undefined where neither was said. */
export const ownZoneOf = ({ zone, toldZone }: Placed): string | undefined => zone ?? toldZone ?? undefined;

/** IANA: where this member is, as far as anybody said; the community's where nobody did. */
export const zoneOf = (member: Placed, community: { readonly zone: string }): string => ownZoneOf(member) ?? community.zone;
