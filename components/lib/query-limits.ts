/** How much a query may be allowed to read, in GiB. Athena itself takes no limit below 10 MB. */
export const queryScanRange = [1, 10_240] as const;
