import type { PropertySchemas, TypeSchema } from "../model/type-schema";

/** Properties written as `name:s? ids:[s]`. */
function properties(written: string): PropertySchemas {
  return Object.fromEntries(
    [...written.matchAll(/(\w+):(\S+)/g)].map(([, name = "", form = ""]) => [name, form]),
  );
}

function described(takes: string, gives: string): TypeSchema {
  return { inputs: properties(takes), outputs: properties(gives) };
}

// These go by two names.
const listener = described(
  `arn:s? loadBalancerArn:s? port:n? region:s? tags:{s}?`,
  `alpnPolicy:s arn:s certificateArn:s defaultActions:[*] id:s loadBalancerArn:s
    mutualAuthentications:[*] port:n protocol:s region:s sslPolicy:s tags:{s}`,
);

const loadBalancer = described(
  `arn:s? name:s? region:s? tags:{s}?`,
  `accessLogs:* arn:s arnSuffix:s clientKeepAlive:n connectionLogs:[*] customerOwnedIpv4Pool:s
    desyncMitigationMode:s dnsName:s dnsRecordClientRoutingPolicy:s dropInvalidHeaderFields:b
    enableCrossZoneLoadBalancing:b enableDeletionProtection:b enableHttp2:b
    enablePrefixForIpv6SourceNat:s enableTlsVersionAndCipherSuiteHeaders:b enableWafFailOpen:b
    enableXffClientPort:b enableZonalShift:b enforceSecurityGroupInboundRulesOnPrivateLinkTraffic:s
    healthCheckLogs:[*] id:s idleTimeout:n internal:b ipAddressType:s ipamPools:[*] loadBalancerType:s
    name:s preserveHostHeader:b region:s secondaryIpsAutoAssignedPerSubnet:n securityGroups:[s]
    subnetMappings:[*] subnets:[s] tags:{s} vpcId:s xffHeaderProcessingMode:s zoneId:s`,
);

const targetGroup = described(
  `arn:s? loadBalancingAnomalyMitigation:s? name:s? region:s? tags:{s}?`,
  `arn:s arnSuffix:s connectionTermination:b deregistrationDelay:s healthCheck:* id:s
    lambdaMultiValueHeadersEnabled:b loadBalancerArns:[s] loadBalancingAlgorithmType:s
    loadBalancingAnomalyMitigation:s loadBalancingCrossZoneEnabled:s name:s port:n preserveClientIp:s
    protocol:s protocolVersion:s proxyProtocolV2:b region:s slowStart:n stickiness:* tags:{s}
    targetControlPort:n targetType:s vpcId:s`,
);

/**
 * Arguments and results of the functions the model knows, in the words of `PropertySchemas`; of what is nested, `*` says
 * enough.
 */
export const functions: { readonly [token: string]: TypeSchema } = {
  "aws:index/getRegion:getRegion": described(
    `endpoint:s? id:s? name:s? region:s?`,
    `description:s endpoint:s id:s name:s region:s`,
  ),
  "aws:index/getCallerIdentity:getCallerIdentity": described(`id:s?`, `accountId:s arn:s id:s userId:s`),
  "aws:index/getPartition:getPartition": described(
    `id:s?`,
    `dnsSuffix:s id:s partition:s reverseDnsPrefix:s`,
  ),
  "aws:index/getAvailabilityZones:getAvailabilityZones": described(
    `allAvailabilityZones:b? excludeNames:[s]? excludeZoneIds:[s]? filters:[*]? region:s? state:s?`,
    `allAvailabilityZones:b? excludeNames:[s]? excludeZoneIds:[s]? filters:[*]? groupNames:[s] id:s
    names:[s] region:s state:s? zoneIds:[s]`,
  ),
  "aws:index/getAvailabilityZone:getAvailabilityZone": described(
    `allAvailabilityZones:b? filters:[*]? name:s? region:s? state:s? zoneId:s?`,
    `allAvailabilityZones:b? filters:[*]? groupLongName:s groupName:s id:s name:s nameSuffix:s
    networkBorderGroup:s optInStatus:s parentZoneId:s parentZoneName:s region:s state:s zoneId:s
    zoneType:s`,
  ),
  "aws:iam/getPolicyDocument:getPolicyDocument": described(
    `overrideJson:s? overridePolicyDocuments:[s]? policyId:s? sourceJson:s? sourcePolicyDocuments:[s]?
    statements:[*]? version:s?`,
    `id:s json:s minifiedJson:s overrideJson:s? overridePolicyDocuments:[s]? policyId:s? sourceJson:s?
    sourcePolicyDocuments:[s]? statements:[*]? version:s?`,
  ),
  "aws:alb/getListener:getListener": listener,
  "aws:alb/getLoadBalancer:getLoadBalancer": loadBalancer,
  "aws:alb/getTargetGroup:getTargetGroup": targetGroup,
  "aws:lb/getListener:getListener": listener,
  "aws:lb/getLoadBalancer:getLoadBalancer": loadBalancer,
  "aws:lb/getTargetGroup:getTargetGroup": targetGroup,
  "aws:ec2/getLaunchTemplate:getLaunchTemplate": described(
    `filters:[*]? id:s? name:s? region:s? tags:{s}?`,
    `arn:s blockDeviceMappings:[*] capacityReservationSpecifications:[*] cpuOptions:[*]
    creditSpecifications:[*] defaultVersion:n description:s disableApiStop:b disableApiTermination:b
    ebsOptimized:s enclaveOptions:[*] filters:[*]? hibernationOptions:[*] iamInstanceProfiles:[*] id:s
    imageId:s instanceInitiatedShutdownBehavior:s instanceMarketOptions:[*] instanceRequirements:[*]
    instanceType:s kernelId:s keyName:s latestVersion:n licenseSpecifications:[*] maintenanceOptions:[*]
    metadataOptions:[*] monitorings:[*] name:s networkInterfaces:[*] networkPerformanceOptions:[*]
    placements:[*] privateDnsNameOptions:[*] ramDiskId:s region:s secondaryInterfaces:[*]
    securityGroupNames:[s] tagSpecifications:[*] tags:{s} userData:s vpcSecurityGroupIds:[s]`,
  ),
  "aws:ec2/getSecurityGroup:getSecurityGroup": described(
    `filters:[*]? id:s? name:s? region:s? tags:{s}? vpcId:s?`,
    `arn:s description:s filters:[*]? id:s name:s region:s tags:{s} vpcId:s`,
  ),
  "aws:ec2/getSubnet:getSubnet": described(
    `availabilityZone:s? availabilityZoneId:s? cidrBlock:s? defaultForAz:b? filters:[*]? id:s?
    ipv6CidrBlock:s? region:s? state:s? tags:{s}? vpcId:s?`,
    `arn:s assignIpv6AddressOnCreation:b availabilityZone:s availabilityZoneId:s
    availableIpAddressCount:n cidrBlock:s customerOwnedIpv4Pool:s defaultForAz:b enableDns64:b
    enableLniAtDeviceIndex:n enableResourceNameDnsARecordOnLaunch:b
    enableResourceNameDnsAaaaRecordOnLaunch:b filters:[*]? id:s ipv6CidrBlock:s
    ipv6CidrBlockAssociationId:s ipv6Native:b mapCustomerOwnedIpOnLaunch:b mapPublicIpOnLaunch:b
    outpostArn:s ownerId:s privateDnsHostnameTypeOnLaunch:s region:s state:s tags:{s} vpcId:s`,
  ),
  "aws:ec2/getSubnets:getSubnets": described(
    `filters:[*]? region:s? tags:{s}?`,
    `filters:[*]? id:s ids:[s] region:s tags:{s}`,
  ),
  "aws:ec2/getVpc:getVpc": described(
    `cidrBlock:s? default:b? dhcpOptionsId:s? filters:[*]? id:s? region:s? state:s? tags:{s}?`,
    `arn:s cidrBlock:s cidrBlockAssociations:[*] default:b dhcpOptionsId:s enableDnsHostnames:b
    enableDnsSupport:b enableNetworkAddressUsageMetrics:b filters:[*]? id:s instanceTenancy:s
    ipv6AssociationId:s ipv6CidrBlock:s ipv6CidrBlockAssociations:[*] mainRouteTableId:s ownerId:s
    region:s state:s tags:{s}`,
  ),
  "aws:acm/getCertificate:getCertificate": described(
    `domain:s? keyTypes:[s]? mostRecent:b? region:s? statuses:[s]? tags:{s}? types:[s]?`,
    `arn:s certificate:s certificateChain:s domain:s id:s keyTypes:[s]? mostRecent:b? region:s status:s
    statuses:[s]? tags:{s} types:[s]?`,
  ),
  "aws:ec2/getAmi:getAmi": described(
    `allowUnsafeFilter:b? executableUsers:[s]? filters:[*]? includeDeprecated:b? mostRecent:b?
    nameRegex:s? owners:[s]? region:s? tags:{s}? uefiData:s?`,
    `allowUnsafeFilter:b? architecture:s arn:s blockDeviceMappings:[*] bootMode:s creationDate:s
    deprecationTime:s description:s enaSupport:b executableUsers:[s]? filters:[*]? hypervisor:s id:s
    imageId:s imageLocation:s imageOwnerAlias:s imageType:s imdsSupport:s includeDeprecated:b?
    kernelId:s lastLaunchedTime:s mostRecent:b? name:s nameRegex:s? ownerId:s owners:[s]? platform:s
    platformDetails:s productCodes:[*] public:b ramdiskId:s region:s rootDeviceName:s rootDeviceType:s
    rootSnapshotId:s sriovNetSupport:s state:s stateReason:{s} tags:{s} tpmSupport:s uefiData:s?
    usageOperation:s virtualizationType:s`,
  ),
  "aws:iam/getRole:getRole": described(
    `name:s tags:{s}?`,
    `arn:s assumeRolePolicy:s createDate:s description:s id:s maxSessionDuration:n name:s path:s
    permissionsBoundary:s roleLastUseds:[*] tags:{s} uniqueId:s`,
  ),
  "aws:ssm/getParameter:getParameter": described(
    `name:s region:s? withDecryption:b?`,
    `arn:s id:s insecureValue:s name:s region:s type:s value:s version:n withDecryption:b?`,
  ),
  "aws:ec2/getPrefixList:getPrefixList": described(
    `filters:[*]? name:s? prefixListId:s? region:s?`,
    `cidrBlocks:[s] filters:[*]? id:s name:s prefixListId:s? region:s`,
  ),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": described(
    `filters:[*]? id:s? name:s? region:s? tags:{s}?`,
    `addressFamily:s arn:s entries:[*] filters:[*]? id:s maxEntries:n name:s ownerId:s region:s tags:{s}
    version:n`,
  ),
  "aws:elb/getServiceAccount:getServiceAccount": described(`region:s?`, `arn:s id:s region:s`),
  "aws:route53/getZone:getZone": described(
    `enableAcceleratedRecovery:b? name:s? privateZone:b? tags:{s}? vpcId:s? zoneId:s?`,
    `arn:s callerReference:s comment:s enableAcceleratedRecovery:b? id:s linkedServiceDescription:s
    linkedServicePrincipal:s name:s nameServers:[s] primaryNameServer:s privateZone:b?
    resourceRecordSetCount:n tags:{s} vpcId:s? zoneId:s`,
  ),
  "aws:lb/getHostedZoneId:getHostedZoneId": described(
    `loadBalancerType:s? region:s?`,
    `id:s loadBalancerType:s? region:s`,
  ),
};
