import * as servicediscovery from "@pulumi/aws/servicediscovery";
import * as pulumi from "@pulumi/pulumi";
import { isResolvedByAws, namespaceForm, namespaceWanted } from "../lib/discovery-names";
import { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** Arguments of a namespace. */
export interface DiscoveryNamespaceArgs {
  /**
   * VPC the names are known in. It has to have DNS support and DNS host names.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
   */
  readonly vpcId: pulumi.Input<string>;
  /**
   * Domain the names end in, in lower case, such as `svc.internal`, 189 characters at most. In the VPC it hides a public
   * domain of the same name.
   */
  readonly namespaceName: string;
  /**
   * What it is for, 1024 characters at most.
   * @default "Services of <name>"
   */
  readonly description?: string;
  /** Added to the namespace. */
  readonly tags?: Tags;
}

/** Resource options, and the last word on each child. */
export interface DiscoveryNamespaceOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: {
    /** The namespace. */
    readonly namespace?: Transform<servicediscovery.PrivateDnsNamespaceArgs>;
  };
}

const longestDescription = 1024;

/**
 * Names by which services in a VPC find each other, kept by AWS Cloud Map: `analyzer.svc.internal`.
 *
 * Creates `<name>-namespace`, to which AWS adds a private hosted zone. AWS deletes neither while a service is in it.
 *
 * @throws {ArgumentError} for a name that is no domain in lower case, or one that a VPC's resolver has names of its own in,
 * and for a description too long.
 */
export class DiscoveryNamespace extends pulumi.ComponentResource {
  /** Id of the namespace: `ns-0123456789abcdef`. */
  readonly namespaceId: pulumi.Output<string>;
  /** Domain the names end in. */
  readonly namespaceName: pulumi.Output<string>;
  /** ARN of the namespace. */
  readonly namespaceArn: pulumi.Output<string>;
  /** Id of the private hosted zone AWS keeps the names in. */
  readonly hostedZoneId: pulumi.Output<string>;

  constructor(name: string, args: DiscoveryNamespaceArgs, opts: DiscoveryNamespaceOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:DiscoveryNamespace", name, args, resourceOpts);

    const { vpcId, namespaceName, description = `Services of ${name}`, tags } = args;
    const problems = new Problems();
    checkNamespaceName(namespaceName, problems);
    problems.unless(
      description.length <= longestDescription,
      "description",
      `must have ${longestDescription} characters or fewer, got ${description.length}`,
    );
    problems.throwFor(this);

    const own = `${name}-namespace`;
    const namespace = new servicediscovery.PrivateDnsNamespace(
      own,
      ...shaped<servicediscovery.PrivateDnsNamespaceArgs>(
        transform.namespace,
        { name: namespaceName, vpc: vpcId, description, tags: tagged(own, tags) },
        { parent: this },
      ),
    );

    this.namespaceId = namespace.id;
    this.namespaceName = namespace.name;
    this.namespaceArn = namespace.arn;
    this.hostedZoneId = namespace.hostedZone;
    this.registerOutputs({
      namespaceId: this.namespaceId,
      namespaceName: this.namespaceName,
      namespaceArn: this.namespaceArn,
      hostedZoneId: this.hostedZoneId,
    });
  }
}

function checkNamespaceName(found: string, problems: Problems): void {
  const shown = JSON.stringify(found);
  if (
    !problems.unless(namespaceForm.test(found), "namespaceName", `must be ${namespaceWanted}, got ${shown}`)
  )
    return;
  problems.unless(
    !isResolvedByAws(found),
    "namespaceName",
    `must be a domain of your own, got ${shown}, in which the VPC's resolver has names of AWS`,
  );
}
