import { Prisma } from '../../../db/generated/client.js';
import type { ParsedResource } from '../resource.js';
import { type Fixes, type Published, publishedOf } from './fixes.js';

/** Columns of what a fix changes. */
export const fixedColumns = ({ details, hours, places, terms, latitude, longitude }: Published) => ({
  ...{ latitude, longitude, hours: [...hours], places: [...places], terms: [...terms] },
  details: { ...details, phones: [...details.phones], languages: [...details.languages] },
});

/** Columns of a service as it was read. */
export const columns = (resource: ParsedResource) => ({ ...resource, names: [...resource.names], ...fixedColumns(resource) });

/** Columns of what is known better, and of what its source says meanwhile. */
export function careColumns(published: Published, fixes: Fixes) {
  const isFixed = Object.keys(fixes).length > 0;
  return {
    fixes: isFixed ? (fixes as Prisma.InputJsonObject) : Prisma.DbNull,
    published: isFixed ? (publishedOf(published) as unknown as Prisma.InputJsonObject) : Prisma.DbNull,
  };
}
