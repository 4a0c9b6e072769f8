import { z } from "zod";
import {
  attributeKeyWanted,
  attributeLimits,
  attributeValueWanted,
  isAttributeValue,
  isResolvedByAws,
  namespaceForm,
  namespaceWanted,
  serviceNameForm,
  serviceNameWanted,
  ttlRange,
} from "../../components/lib/discovery-names";
import { list, secretable, section, tested, text, wholeNumber } from "../vocabulary";

const namespace = tested(
  (domain) => namespaceForm.test(domain) && !isResolvedByAws(domain),
  `${namespaceWanted}, and none of AWS's own such as "ec2.internal"`,
);

/** Names by which services find each other. */
export const discoverySchema = section({
  namespace: namespace
    .describe(
      "Domain that the names of services end in, known in the stack's VPC alone; a namespace of AWS Cloud Map is made for it. Left out: none, and no service is registered.",
    )
    .optional(),
});

const attributes = z.record(
  text(attributeLimits.key, attributeKeyWanted),
  tested(isAttributeValue, attributeValueWanted),
  {
    error: "must be a map of attributes",
  },
);

/** How others find one service. */
export const serviceDiscovery = section({
  serviceName: text(serviceNameForm, serviceNameWanted)
    .describe("What comes before the namespace. Left out: the service's name.")
    .optional(),
  ttlSeconds: wholeNumber(...ttlRange)
    .default(10)
    .describe("Seconds a client's resolver keeps the addresses, and may call an instance that has gone."),
  attributes: attributes
    .default({})
    .describe(
      "What each instance says of itself when it registers, such as version and capabilities; a service with one endpoint has `port` and `healthPath` already.",
    ),
});

/** Who calls a service without the load balancer. */
export const calledBy = list(text(/^[a-z][a-z0-9-]*$/, "the name of a service"), "services", 0, 49);

/** The zone of an internal load balancer's name. */
export const privateZone = section({
  hostedZoneId: secretable(
    /^Z[A-Z0-9]{1,31}$/,
    'the id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"',
  )
    .describe("Private Route 53 zone of the VPC that holds the name. Left out: one is made.")
    .optional(),
  zoneName: text(namespaceForm, 'a domain in lower case such as "internal.example.com"')
    .describe(
      "Domain of the zone that is made: the name itself, or what it ends in. It hides the public names of that domain in the VPC. Left out: the name itself.",
    )
    .optional(),
});
