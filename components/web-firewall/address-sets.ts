import * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import type { AddressList } from "../lib/address-list";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** The last word on the lists of addresses. */
export interface AddressSetTransforms {
  /** Each list: IPv4 and IPv6 apart, allowed and blocked. */
  readonly ipSet?: Transform<wafv2.IpSetArgs>;
}

/** Where lists of addresses belong. */
export interface ListSite {
  readonly name: string;
  readonly namePrefix: string | undefined;
  readonly tags: Tags | undefined;
  readonly transform: AddressSetTransforms;
  readonly child: pulumi.CustomResourceOptions;
}

const versions = { ipv4: "IPV4", ipv6: "IPV6" } as const;

/** Makes an IP set for each kind of address that a list holds. Returns their ARNs. */
export function addAddressSets(
  { name, namePrefix, tags, transform, child }: ListSite,
  role: "allow" | "block",
  list: AddressList,
): pulumi.Output<string>[] {
  return (["ipv4", "ipv6"] as const)
    .filter((kind) => list[kind].length > 0)
    .map((kind) => {
      const own = `${name}-${role}-${kind}`;
      const set = new wafv2.IpSet(
        own,
        ...shaped(
          transform.ipSet,
          {
            ...(namePrefix === undefined ? {} : { name: `${namePrefix}-${own}` }),
            scope: "REGIONAL",
            ipAddressVersion: versions[kind],
            addresses: list[kind],
            tags: tagged(own, tags),
          },
          child,
        ),
      );
      return set.arn;
    });
}
