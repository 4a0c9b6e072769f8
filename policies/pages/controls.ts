/**
 * What AWS asks of the services whose resources the rules judge. Which rules answer it, the rules say themselves.
 *
 * Taken on 2026-11-21 from copies of AWS's pages: the list of the standard of September 2026 (after the 11th, by a title
 * that changed then) and the table of all controls of August 2026. They agree but for RDS.38 and RDS.39, which only the
 * table counts as the standard's; they are counted here. Not confirmed: CloudFront.1 in the table, and whatever AWS added,
 * retired or moved after 2026-09-23, where the copy of its log of changes ends. AWS itself writes "Autoscaling.5". The
 * titles are ours, and shorter than AWS's: the page of the control says what exactly is asked.
 */
export const taken = { on: "2026-11-21", asOf: "September 2026" } as const;

/** Why no rule answers a control, where one could. */
export const notBuilt = "not built yet";

/** Why no rule answers a control, where none could or is meant to. */
export const whyNot = {
  account: "needs the account, not a program",
  classicBalancer: "classic load balancers",
  classicWaf: "AWS WAF Classic",
  otherResource: "a resource the pack does not judge",
} as const;

/** A control of AWS Security Hub. */
export interface Control {
  readonly id: string;
  /** What holds where it is obeyed. */
  readonly title: string;
  /** Why no rule answers it; left out where one does, or could. */
  readonly why?: keyof typeof whyNot;
}

/** A service, with every control the standard has for it. */
export interface Service {
  readonly name: string;
  readonly controls: readonly Control[];
}

/** AWS Foundational Security Best Practices (`fsbp` in a rule's frameworks), service by service. */
export const standard: readonly Service[] = [
  {
    name: "Elastic Load Balancing",
    controls: [
      { id: "ELB.1", title: "Plain HTTP redirects to HTTPS" },
      { id: "ELB.2", title: "Certificates come from ACM", why: "classicBalancer" },
      { id: "ELB.3", title: "Listeners end HTTPS or TLS", why: "classicBalancer" },
      { id: "ELB.4", title: "Malformed headers are dropped" },
      { id: "ELB.5", title: "Access is logged" },
      { id: "ELB.6", title: "Balancers are protected against deletion" },
      { id: "ELB.7", title: "Connections drain", why: "classicBalancer" },
      { id: "ELB.8", title: "TLS follows a strong predefined policy", why: "classicBalancer" },
      { id: "ELB.9", title: "Traffic crosses zones", why: "classicBalancer" },
      { id: "ELB.10", title: "Balancers stand in several zones", why: "classicBalancer" },
      { id: "ELB.12", title: "Requests that could desynchronise are handled strictly" },
      { id: "ELB.13", title: "Balancers stand in several zones" },
      {
        id: "ELB.14",
        title: "Requests that could desynchronise are handled strictly",
        why: "classicBalancer",
      },
      { id: "ELB.17", title: "Listeners follow a recommended TLS policy" },
      { id: "ELB.18", title: "Listeners encrypt" },
      { id: "ELB.21", title: "Health checks are encrypted" },
      { id: "ELB.22", title: "Traffic to targets is encrypted" },
    ],
  },
  {
    name: "Auto Scaling",
    controls: [
      { id: "AutoScaling.1", title: "Groups behind a balancer use its health checks" },
      { id: "AutoScaling.2", title: "Groups span several zones" },
      { id: "AutoScaling.3", title: "Launch configurations ask for metadata tokens" },
      { id: "AutoScaling.5", title: "Launch configurations give no public address" },
      { id: "AutoScaling.6", title: "Groups mix instance types" },
      { id: "AutoScaling.9", title: "Groups launch from templates" },
    ],
  },
  {
    name: "EC2: network, launch, security groups",
    controls: [
      { id: "EC2.1", title: "Volume snapshots are not public", why: "account" },
      { id: "EC2.2", title: "Default security groups let nothing through" },
      { id: "EC2.3", title: "Attached volumes are encrypted", why: "otherResource" },
      { id: "EC2.4", title: "Instances stopped for long are removed", why: "account" },
      { id: "EC2.6", title: "Networks log their traffic" },
      { id: "EC2.7", title: "New volumes are encrypted by default", why: "account" },
      { id: "EC2.8", title: "Single instances ask for metadata tokens", why: "otherResource" },
      { id: "EC2.9", title: "Single instances have no public address", why: "otherResource" },
      { id: "EC2.10", title: "Networks reach EC2 through an endpoint" },
      { id: "EC2.15", title: "Subnets give no public address by themselves" },
      { id: "EC2.16", title: "Access lists are in use" },
      { id: "EC2.17", title: "Single instances have one network interface", why: "otherResource" },
      { id: "EC2.18", title: "Only chosen ports are open to the world" },
      { id: "EC2.19", title: "Risky ports are not open to the world" },
      { id: "EC2.20", title: "Both tunnels of a VPN are up", why: "account" },
      { id: "EC2.21", title: "Access lists keep the world from SSH and RDP" },
      { id: "EC2.23", title: "Transit gateways accept nobody unasked", why: "otherResource" },
      { id: "EC2.24", title: "Single instances are not paravirtual", why: "otherResource" },
      { id: "EC2.25", title: "Launch templates give no public address" },
      { id: "EC2.51", title: "Client VPNs log connections", why: "otherResource" },
      { id: "EC2.55", title: "Networks reach the ECR API through an endpoint" },
      { id: "EC2.56", title: "Networks reach image registries through an endpoint" },
      { id: "EC2.57", title: "Networks reach Systems Manager through an endpoint" },
      { id: "EC2.58", title: "Networks reach Incident Manager's contacts through an endpoint" },
      { id: "EC2.60", title: "Networks reach Incident Manager through an endpoint" },
      { id: "EC2.170", title: "Launch templates ask for metadata tokens" },
      { id: "EC2.171", title: "VPN connections are logged", why: "otherResource" },
      { id: "EC2.172", title: "Internet gateways are blocked for whole networks", why: "account" },
      { id: "EC2.173", title: "Spot fleets encrypt volumes", why: "otherResource" },
      { id: "EC2.180", title: "Network interfaces check source and destination", why: "otherResource" },
      { id: "EC2.181", title: "Launch templates encrypt volumes" },
      { id: "EC2.182", title: "Sharing volume snapshots with everybody is blocked", why: "account" },
      { id: "EC2.183", title: "VPN connections use IKEv2", why: "otherResource" },
    ],
  },
  {
    name: "S3",
    controls: [
      { id: "S3.1", title: "The account blocks public buckets", why: "account" },
      { id: "S3.2", title: "The public cannot read" },
      { id: "S3.3", title: "The public cannot write" },
      { id: "S3.5", title: "Requests need TLS" },
      { id: "S3.6", title: "Bucket policies give other accounts no dangerous actions" },
      { id: "S3.8", title: "Each bucket blocks public access" },
      { id: "S3.9", title: "Access is logged" },
      { id: "S3.12", title: "Access lists are off" },
      { id: "S3.13", title: "Objects have a lifecycle" },
      { id: "S3.19", title: "Access points block public access", why: "otherResource" },
      { id: "S3.24", title: "Multi-region access points block public access", why: "otherResource" },
      { id: "S3.25", title: "Directory buckets have a lifecycle", why: "otherResource" },
    ],
  },
  { name: "SNS", controls: [{ id: "SNS.4", title: "Topic policies admit nobody unnamed" }] },
  { name: "CloudWatch", controls: [] },
  {
    name: "IAM",
    controls: [
      { id: "IAM.1", title: "No policy allows everything" },
      { id: "IAM.2", title: "Users hold no policies of their own" },
      { id: "IAM.3", title: "Access keys are younger than 90 days", why: "account" },
      { id: "IAM.4", title: "The root user has no access key", why: "account" },
      { id: "IAM.5", title: "Users with a password have a second factor", why: "account" },
      { id: "IAM.6", title: "The root user has a hardware factor", why: "account" },
      { id: "IAM.7", title: "Passwords must be strong", why: "account" },
      { id: "IAM.8", title: "Unused credentials are removed", why: "account" },
      { id: "IAM.21", title: "No policy allows every action of a service" },
    ],
  },
  {
    name: "KMS",
    controls: [
      { id: "KMS.1", title: "Managed policies cannot decrypt with every key" },
      { id: "KMS.2", title: "Inline policies cannot decrypt with every key" },
      { id: "KMS.3", title: "Keys are not deleted by mistake" },
      { id: "KMS.5", title: "Keys are not public" },
    ],
  },
  {
    name: "WAF",
    controls: [
      { id: "WAF.1", title: "Global access lists are logged", why: "classicWaf" },
      { id: "WAF.2", title: "Regional rules have a condition", why: "classicWaf" },
      { id: "WAF.3", title: "Regional rule groups have a rule", why: "classicWaf" },
      { id: "WAF.4", title: "Regional access lists have a rule", why: "classicWaf" },
      { id: "WAF.6", title: "Global rules have a condition", why: "classicWaf" },
      { id: "WAF.7", title: "Global rule groups have a rule", why: "classicWaf" },
      { id: "WAF.8", title: "Global access lists have a rule", why: "classicWaf" },
      { id: "WAF.10", title: "Access lists have a rule" },
      { id: "WAF.12", title: "Rules are measured" },
    ],
  },
  {
    name: "RDS",
    controls: [
      { id: "RDS.1", title: "Snapshots are private", why: "otherResource" },
      { id: "RDS.2", title: "Instances have no public address" },
      { id: "RDS.3", title: "Instances are encrypted" },
      { id: "RDS.4", title: "Snapshots are encrypted", why: "otherResource" },
      { id: "RDS.5", title: "Instances have a standby in another zone" },
      { id: "RDS.6", title: "Instances report on their operating system" },
      { id: "RDS.7", title: "Clusters are protected against deletion" },
      { id: "RDS.8", title: "Instances are protected against deletion" },
      { id: "RDS.9", title: "Instances hand out their logs" },
      { id: "RDS.10", title: "Instances take IAM for login" },
      { id: "RDS.11", title: "Instances are backed up" },
      { id: "RDS.12", title: "Clusters take IAM for login" },
      { id: "RDS.13", title: "Instances upgrade to minor versions" },
      { id: "RDS.14", title: "Aurora can be wound back" },
      { id: "RDS.15", title: "Clusters span several zones" },
      { id: "RDS.16", title: "Aurora's snapshots carry tags" },
      { id: "RDS.17", title: "Instances' snapshots carry tags" },
      { id: "RDS.19", title: "Somebody hears of a cluster's critical events", why: "otherResource" },
      { id: "RDS.20", title: "Somebody hears of an instance's critical events", why: "otherResource" },
      { id: "RDS.21", title: "Somebody hears of changed parameters", why: "otherResource" },
      { id: "RDS.22", title: "Somebody hears of changed security groups", why: "otherResource" },
      { id: "RDS.23", title: "Ports are not the engine's default" },
      { id: "RDS.24", title: "Clusters' administrators have a name of their own" },
      { id: "RDS.25", title: "Instances' administrators have a name of their own" },
      { id: "RDS.27", title: "Clusters are encrypted" },
      { id: "RDS.34", title: "Aurora MySQL hands out its audit log" },
      { id: "RDS.35", title: "Clusters upgrade to minor versions" },
      { id: "RDS.36", title: "PostgreSQL hands out its logs" },
      { id: "RDS.37", title: "Aurora PostgreSQL hands out its logs" },
      { id: "RDS.38", title: "PostgreSQL accepts TLS only" },
      { id: "RDS.39", title: "MySQL accepts TLS only" },
      { id: "RDS.40", title: "SQL Server hands out its logs" },
      { id: "RDS.41", title: "SQL Server accepts TLS only" },
      { id: "RDS.42", title: "MariaDB hands out its logs" },
      { id: "RDS.43", title: "Proxies accept TLS only" },
      { id: "RDS.44", title: "MariaDB accepts TLS only" },
      { id: "RDS.45", title: "Aurora MySQL keeps an audit log" },
      { id: "RDS.46", title: "Instances stand in subnets without a way to the internet" },
      { id: "RDS.47", title: "PostgreSQL clusters' snapshots carry tags" },
      { id: "RDS.48", title: "MySQL clusters' snapshots carry tags" },
      { id: "RDS.50", title: "Clusters keep backups long enough" },
      { id: "RDS.51", title: "Global clusters run a supported Aurora MySQL", why: "otherResource" },
    ],
  },
  {
    name: "ElastiCache",
    controls: [
      { id: "ElastiCache.1", title: "Caches are backed up" },
      { id: "ElastiCache.2", title: "Caches upgrade to minor versions" },
      { id: "ElastiCache.3", title: "A replica takes over by itself" },
      { id: "ElastiCache.4", title: "Caches are encrypted at rest" },
      { id: "ElastiCache.5", title: "Connections are encrypted" },
      { id: "ElastiCache.6", title: "Old versions ask for a token" },
      { id: "ElastiCache.7", title: "Caches have subnets of their own" },
    ],
  },
  {
    name: "DynamoDB",
    controls: [
      { id: "DynamoDB.1", title: "Capacity follows demand" },
      { id: "DynamoDB.2", title: "Tables can be restored to any moment" },
      { id: "DynamoDB.3", title: "Accelerators are encrypted at rest", why: "otherResource" },
      { id: "DynamoDB.6", title: "Tables are protected against deletion" },
      { id: "DynamoDB.7", title: "Connections to accelerators are encrypted", why: "otherResource" },
    ],
  },
  {
    name: "CloudFront",
    controls: [
      { id: "CloudFront.1", title: "The root has an object of its own" },
      { id: "CloudFront.3", title: "Viewers need HTTPS" },
      { id: "CloudFront.4", title: "Another origin takes over" },
      { id: "CloudFront.5", title: "Requests are logged" },
      { id: "CloudFront.6", title: "A web access list stands before it" },
      { id: "CloudFront.7", title: "Certificates are one's own" },
      { id: "CloudFront.8", title: "HTTPS is served by name, not by address" },
      { id: "CloudFront.9", title: "Origins are reached over HTTPS" },
      { id: "CloudFront.10", title: "Origins are reached without SSL" },
      { id: "CloudFront.12", title: "Bucket origins exist", why: "account" },
      { id: "CloudFront.13", title: "Bucket origins are reached with a signature" },
      { id: "CloudFront.15", title: "Viewers need a recommended TLS policy" },
      { id: "CloudFront.16", title: "Function origins are reached with a signature" },
      { id: "CloudFront.17", title: "Signed addresses are checked with key groups" },
    ],
  },
  { name: "Route 53", controls: [{ id: "Route53.2", title: "Public zones log queries" }] },
  {
    name: "ACM",
    controls: [
      { id: "ACM.1", title: "Certificates are renewed in time", why: "account" },
      { id: "ACM.2", title: "RSA keys have 2048 bits or more" },
    ],
  },
  {
    name: "Secrets Manager",
    controls: [
      { id: "SecretsManager.1", title: "Secrets rotate by themselves" },
      { id: "SecretsManager.2", title: "Rotations succeed", why: "account" },
      { id: "SecretsManager.3", title: "Unused secrets are removed", why: "account" },
      { id: "SecretsManager.4", title: "Secrets rotate often enough" },
    ],
  },
];

/** Controls of Security Hub that rules answer and the standard leaves out (`securityHub` in a rule's frameworks). */
export const outside: readonly Control[] = [
  { id: "ELB.16", title: "A web access list stands before application balancers" },
  { id: "S3.14", title: "Buckets keep old versions" },
  { id: "S3.17", title: "Buckets are encrypted with KMS" },
  { id: "SNS.1", title: "Topics are encrypted with KMS" },
  { id: "CloudWatch.15", title: "Alarms have actions" },
  { id: "CloudWatch.17", title: "Alarm actions are switched on" },
  { id: "KMS.4", title: "Keys rotate" },
  { id: "WAF.11", title: "Access lists are logged" },
];
