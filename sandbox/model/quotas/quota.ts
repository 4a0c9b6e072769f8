import type { Made, Subject } from "../kind";

/** How much of a quota is used in one place. */
export interface Usage {
  /** The VPC, load balancer, role … the quota is counted in. */
  readonly place: string;
  readonly amount: number;
}

/** How many of something AWS lets an account have. */
export interface Quota {
  /** As Service Quotas, or the service's own page, calls it. */
  readonly name: string;
  /** Its code in Service Quotas, if it is there and known. */
  readonly code?: string;
  /** What a new account has. */
  readonly limit: number;
  /** Types that use it up. */
  readonly types: readonly string[];
  /** What it is counted in: `Region`, `account`, `VPC`. */
  readonly per: string;
  /** What AWS says when it is exceeded. */
  readonly reason: (limit: number, place: string) => string;
  /** What is used, with the resource, in each place the resource uses it in. */
  readonly usage: (
    subject: Subject,
    others: (types: readonly string[]) => readonly Made[],
  ) => readonly Usage[];
}

/** A quota that counts, in each place, what every resource brings. */
export interface Counting extends Omit<Quota, "usage"> {
  /** The places a resource counts in, none if it does not or nobody can tell. */
  readonly places: (subject: Subject) => readonly (string | undefined)[];
  /**
   * How much it counts for.
   * @default 1
   */
  readonly amount?: (subject: Subject) => number;
}

/** Makes a quota that adds up amounts. */
export function counting({ places, amount = () => 1, ...quota }: Counting): Quota {
  const known = (subject: Subject) => places(subject).filter((place) => place !== undefined);
  return {
    ...quota,
    usage(subject, others) {
      const own = amount(subject);
      const used = new Map(known(subject).map((place) => [place, own]));
      if (used.size === 0 || own === 0) return [];
      for (const other of others(quota.types)) {
        for (const place of known(other)) {
          const sum = used.get(place);
          if (sum !== undefined) used.set(place, sum + amount(other));
        }
      }
      return [...used].map(([place, sum]) => ({ place, amount: sum }));
    },
  };
}

/** Counted in each region. */
export const inRegion = ({ region }: Subject): readonly string[] => [region];

/** Counted in the whole account. */
export const inAccount = ({ world }: Subject): readonly string[] => [world.options.accountId];
