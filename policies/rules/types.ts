/**
 * Type tokens of everything the rules look at, each with every name it goes by.
 *
 * `lb` and `alb` are two live names of the same resource, and so are S3's with and without `V2`. The two older modules of
 * the load balancer are names that state files and programs on early versions of the provider still carry.
 */
const balancerModules = ["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"];

/** `aws:ec2/vpc:Vpc` for module `ec2` and class `Vpc`. */
function token(module: string, name: string): string {
  return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

function balancing(name: string): readonly string[] {
  return balancerModules.map((module) => token(module, name));
}

function s3(name: string): readonly string[] {
  return [token("s3", name), token("s3", `${name}V2`)];
}

/** A load balancer's listener. */
export const LISTENER = balancing("Listener");

/** A rule of a listener. */
export const LISTENER_RULE = balancing("ListenerRule");

/** An application, network or gateway load balancer. */
export const LOAD_BALANCER = balancing("LoadBalancer");

/** A load balancer of the first generation. */
export const CLASSIC_BALANCER = [token("elb", "LoadBalancer")];

/** What a load balancer sends requests to. */
export const TARGET_GROUP = balancing("TargetGroup");

/** An auto scaling group. */
export const SCALING_GROUP = [token("autoscaling", "Group")];

/** A change of a group's size at a given time. */
export const SCALING_SCHEDULE = [token("autoscaling", "Schedule")];

/** A group joined to a load balancer by a resource of its own. */
export const SCALING_ATTACHMENT = [
  token("autoscaling", "Attachment"),
  token("autoscaling", "TrafficSourceAttachment"),
];

/** Messages about what a group does. */
export const SCALING_NOTIFICATION = [token("autoscaling", "Notification")];

/** A halt in the life of a group's instances: before they serve, or before they end. */
export const SCALING_HOOK = [token("autoscaling", "LifecycleHook")];

/** What instances are launched with. */
export const LAUNCH_TEMPLATE = [token("ec2", "LaunchTemplate")];

/** What instances were launched with before there were templates. */
export const LAUNCH_CONFIGURATION = [token("ec2", "LaunchConfiguration")];

/** What launches instances with a profile of its own, whatever its launch template says. */
export const NODE_LAUNCHER = [token("eks", "NodeGroup"), token("batch", "ComputeEnvironment")];

/** A network. */
export const VPC = [token("ec2", "Vpc")];

/** The network every account begins with, taken over. */
export const DEFAULT_VPC = [token("ec2", "DefaultVpc")];

/** A subnet of the network every account begins with, taken over. */
export const DEFAULT_SUBNET = [token("ec2", "DefaultSubnet")];

/** A subnet. */
export const SUBNET = [token("ec2", "Subnet"), ...DEFAULT_SUBNET];

/** A security group, its rules in it or apart. */
export const SECURITY_GROUP = [token("ec2", "SecurityGroup")];

/** The security group every network begins with, taken over. */
export const DEFAULT_SECURITY_GROUP = [token("ec2", "DefaultSecurityGroup")];

/** A rule of a security group, in either direction, in the older form. */
export const SECURITY_GROUP_RULE = [token("ec2", "SecurityGroupRule")];

/** A rule that lets traffic in. */
export const INGRESS_RULE = [token("vpc", "SecurityGroupIngressRule")];

/** A rule that lets traffic out. */
export const EGRESS_RULE = [token("vpc", "SecurityGroupEgressRule")];

/** The network access list every network begins with, taken over. */
export const DEFAULT_NETWORK_ACL = [token("ec2", "DefaultNetworkAcl")];

/** A network access list, its rules in it or apart. */
export const NETWORK_ACL = [token("ec2", "NetworkAcl"), ...DEFAULT_NETWORK_ACL];

/** A rule of a network access list. */
export const NETWORK_ACL_RULE = [token("ec2", "NetworkAclRule")];

/** A record of who talked to whom. */
export const FLOW_LOG = [token("ec2", "FlowLog")];

/** A route table, its routes in it or apart. */
export const ROUTE_TABLE = [token("ec2", "RouteTable"), token("ec2", "DefaultRouteTable")];

/** A route. */
export const ROUTE = [token("ec2", "Route")];

/** A route table given to a subnet. */
export const ROUTE_TABLE_ASSOCIATION = [token("ec2", "RouteTableAssociation")];

/** A route table for the subnets that are given none. */
export const MAIN_ROUTE_TABLE = [token("ec2", "MainRouteTableAssociation")];

/** A way in from the internet. */
export const INTERNET_GATEWAY = [token("ec2", "InternetGateway")];

/** A way to a network elsewhere. */
export const VPN_GATEWAY = [token("ec2", "VpnGateway")];

/** A way out to the internet. */
export const NAT_GATEWAY = [token("ec2", "NatGateway")];

/** An alarm over one metric or an expression. */
export const METRIC_ALARM = [token("cloudwatch", "MetricAlarm")];

/** An alarm over other alarms. */
export const COMPOSITE_ALARM = [token("cloudwatch", "CompositeAlarm")];

/** What an alarm can set off beside telling a topic. */
export const ALARM_ACTION = [
  token("autoscaling", "Policy"),
  token("appautoscaling", "Policy"),
  token("lambda", "Function"),
  token("lambda", "Alias"),
  token("ssmincidents", "ResponsePlan"),
];

/** A group of log streams. */
export const LOG_GROUP = [token("cloudwatch", "LogGroup")];

/** Logs on their way from an AWS service, in the newer form. */
export const LOG_DELIVERY_SOURCE = [token("cloudwatch", "LogDeliverySource")];

/** Where such logs arrive. */
export const LOG_DELIVERY_DESTINATION = [token("cloudwatch", "LogDeliveryDestination")];

/** Such logs joined to where they end. */
export const LOG_DELIVERY = [token("cloudwatch", "LogDelivery")];

/** A stream that carries records to where they are kept. */
export const DELIVERY_STREAM = [token("kinesis", "FirehoseDeliveryStream")];

/** A record of who called AWS. */
export const TRAIL = [token("cloudtrail", "Trail")];

/** A record of the DNS queries of a network. */
export const RESOLVER_QUERY_LOG = [token("route53", "ResolverQueryLogConfig")];

/** Where the requests of a service network are logged. */
export const SERVICE_NETWORK_LOG = [token("vpclattice", "AccessLogSubscription")];

/** Where a firewall of a network logs. */
export const FIREWALL_LOGGING = [token("networkfirewall", "LoggingConfiguration")];

/** Where an audit of a data warehouse is logged. */
export const WAREHOUSE_LOGGING = [token("redshift", "Logging")];

/** Fixed addresses before balancers in several regions. */
export const ACCELERATOR = [token("globalaccelerator", "Accelerator")];

/** A broker of messages. */
export const MESSAGE_BROKER = [token("msk", "Cluster")];

/** A topic. */
export const TOPIC = [token("sns", "Topic")];

/** Who may use a topic. */
export const TOPIC_POLICY = [token("sns", "TopicPolicy")];

/** A bucket. */
export const BUCKET = s3("Bucket");

/** A bucket of another kind, in one zone, with its own policies, encryption and lifecycle. */
export const DIRECTORY_BUCKET = [token("s3", "DirectoryBucket")];

/** Who may use a bucket. */
export const BUCKET_POLICY = [token("s3", "BucketPolicy")];

/** What shuts a bucket to the public. */
export const BUCKET_PUBLIC_ACCESS_BLOCK = [token("s3", "BucketPublicAccessBlock")];

/** A bucket's access list. */
export const BUCKET_ACL = s3("BucketAcl");

/** How a bucket's objects are encrypted. */
export const BUCKET_ENCRYPTION = s3("BucketServerSideEncryptionConfiguration");

/** Whether a bucket keeps old versions. */
export const BUCKET_VERSIONING = s3("BucketVersioning");

/** Where a bucket's access is logged. */
export const BUCKET_LOGGING = s3("BucketLogging");

/** When a bucket's objects expire. */
export const BUCKET_LIFECYCLE = s3("BucketLifecycleConfiguration");

/** Who owns a bucket's objects. */
export const BUCKET_OWNERSHIP = [token("s3", "BucketOwnershipControls")];

/** A bucket that is served as a website. */
export const BUCKET_WEBSITE = s3("BucketWebsiteConfiguration");

/** A web access list. */
export const WEB_ACL = [token("wafv2", "WebAcl")];

/** A rule of a web access list, apart from it. */
export const WEB_ACL_RULE = [token("wafv2", "WebAclRule"), token("wafv2", "WebAclRuleGroupAssociation")];

/** A group of rules for web access lists. */
export const WEB_ACL_GROUP = [token("wafv2", "RuleGroup")];

/** A web access list put before something. */
export const WEB_ACL_ASSOCIATION = [token("wafv2", "WebAclAssociation")];

/** What a web access list can be put before, beside a load balancer. */
export const WEB_ACL_TARGET = [
  token("apigateway", "Stage"),
  token("cognito", "UserPool"),
  token("appsync", "GraphQLApi"),
  token("apprunner", "Service"),
  token("amplify", "App"),
  token("verifiedaccess", "Instance"),
];

/** Where a web access list logs. */
export const WEB_ACL_LOGGING = [token("wafv2", "WebAclLoggingConfiguration")];

/** A role. */
export const ROLE = [token("iam", "Role")];

/** Everything that holds an IAM policy document under `policy`. */
export const IDENTITY_POLICY = [
  token("iam", "Policy"),
  token("iam", "RolePolicy"),
  token("iam", "GroupPolicy"),
  token("iam", "UserPolicy"),
];

/** Everything that holds an IAM policy document for one role, group or user alone. */
export const INLINE_POLICY = [
  token("iam", "RolePolicy"),
  token("iam", "GroupPolicy"),
  token("iam", "UserPolicy"),
];

/** A policy that stands on its own. */
export const MANAGED_POLICY = [token("iam", "Policy")];

/** A policy for a user alone. */
export const USER_POLICY = [token("iam", "UserPolicy")];

/** A managed policy given to a user; the second form takes all others away. */
export const USER_ATTACHMENT = [
  token("iam", "UserPolicyAttachment"),
  token("iam", "UserPolicyAttachmentsExclusive"),
];

/** A managed policy given to users, groups and roles at once. */
export const COMMON_ATTACHMENT = [token("iam", "PolicyAttachment")];

/** Everything that gives a managed policy to somebody. */
export const IDENTITY_ATTACHMENT = [
  token("iam", "RolePolicyAttachment"),
  token("iam", "GroupPolicyAttachment"),
  token("iam", "UserPolicyAttachment"),
  token("iam", "PolicyAttachment"),
];

/** Everything that gives somebody a list of managed policies, and takes all others away. */
export const IDENTITY_ATTACHMENTS = [
  token("iam", "RolePolicyAttachmentsExclusive"),
  token("iam", "GroupPolicyAttachmentsExclusive"),
  token("iam", "UserPolicyAttachmentsExclusive"),
];

/** A database instance. */
export const DATABASE_INSTANCE = [token("rds", "Instance")];

/** A database cluster. */
export const DATABASE_CLUSTER = [token("rds", "Cluster")];

/** An instance of a database cluster. */
export const DATABASE_CLUSTER_INSTANCE = [token("rds", "ClusterInstance")];

/** Settings of a database instance. */
export const DATABASE_PARAMETERS = [token("rds", "ParameterGroup")];

/** Settings of a database cluster. */
export const DATABASE_CLUSTER_PARAMETERS = [token("rds", "ClusterParameterGroup")];

/** A pool of connections before a database. */
export const DATABASE_PROXY = [token("rds", "Proxy")];

/** A cache with replicas. */
export const CACHE_GROUP = [token("elasticache", "ReplicationGroup")];

/** A cache without replicas: Memcached, or one node. */
export const CACHE_CLUSTER = [token("elasticache", "Cluster")];

/** A table. */
export const TABLE = [token("dynamodb", "Table")];

/** A table's copy in another region, apart from it. */
export const TABLE_REPLICA = [token("dynamodb", "TableReplica")];

/** The subnets of a database or a cache. */
export const DATA_SUBNETS = [
  token("rds", "SubnetGroup"),
  token("elasticache", "SubnetGroup"),
  token("neptune", "SubnetGroup"),
  token("docdb", "SubnetGroup"),
  token("redshift", "SubnetGroup"),
  token("memorydb", "SubnetGroup"),
  token("dax", "SubnetGroup"),
];

/** What scales something other than instances. */
export const SCALABLE_TARGET = [token("appautoscaling", "Target")];

/** A content delivery network. */
export const DISTRIBUTION = [token("cloudfront", "Distribution")];

/** Headers a content delivery network adds to responses. */
export const RESPONSE_HEADERS = [token("cloudfront", "ResponseHeadersPolicy")];

/** A DNS record. */
export const DNS_RECORD = [token("route53", "Record")];

/** A hosted zone. */
export const DNS_ZONE = [token("route53", "Zone")];

/** A record of DNS queries. */
export const DNS_QUERY_LOG = [token("route53", "QueryLog")];

/** Signatures of a hosted zone. */
export const DNS_SIGNING = [token("route53", "HostedZoneDnsSec")];

/** A certificate. */
export const CERTIFICATE = [token("acm", "Certificate")];

/** A key. */
export const KEY = [token("kms", "Key")];

/** A key copied from another region, or whose material was made elsewhere. None has a rotation of its own. */
export const OTHER_KEY = [
  token("kms", "ReplicaKey"),
  token("kms", "ExternalKey"),
  token("kms", "ReplicaExternalKey"),
];

/** A name for a key. */
export const KEY_ALIAS = [token("kms", "Alias")];

/** Who may use a key, apart from it. */
export const KEY_POLICY = [token("kms", "KeyPolicy")];

/** A secret. */
export const SECRET = [token("secretsmanager", "Secret")];

/** How often a secret changes. */
export const SECRET_ROTATION = [token("secretsmanager", "SecretRotation")];
