import { shortName } from "./names";

/** Glue takes 255 characters, which is more than anybody wants to write before a table's name. */
const longestDatabase = 128;

/** Whose logs are in a database. */
export interface CatalogOwner {
  /** Logical name of the component. */
  readonly name: string;
  /** What the caller wants physical names to begin with. */
  readonly namePrefix: string | undefined;
  readonly project: string;
  readonly stack: string;
}

/**
 * A name for a Glue database that SQL takes without quotes: lower-case letters, digits and underscores, and a letter or
 * underscore first.
 *
 * What was there in other characters is told apart by a hash. Without a prefix project and stack make it the stack's own.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html
 */
export function databaseName({ name, namePrefix, project, stack }: CatalogOwner): string {
  const whole = namePrefix === undefined ? `${project}-${stack}-${name}` : `${namePrefix}-${name}`;
  const plain = /^[a-z][a-z0-9-]*$/.test(whole);
  const short = shortName(whole, longestDatabase, ...(plain ? [] : [whole]));
  const words = short.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return /^[a-z]/.test(words) ? words : `db_${words}`.replace(/_+/g, "_");
}
