import type { Rule } from "../../lib/rule";
import { cdnDefaultRoot } from "./cdn-default-root";
import { cdnHttpsViewer } from "./cdn-https-viewer";
import { cdnLogged } from "./cdn-logged";
import { cdnOriginAccess } from "./cdn-origin-access";
import { cdnOriginFailover } from "./cdn-origin-failover";
import { cdnOriginHttps } from "./cdn-origin-https";
import { cdnSecurityHeaders } from "./cdn-security-headers";
import { cdnTlsMinimum } from "./cdn-tls-minimum";
import { cdnWebAcl } from "./cdn-web-acl";

/** Rules about content delivery, in the order in which they are told. */
export const cdnRules: readonly Rule[] = [
  cdnTlsMinimum,
  cdnHttpsViewer,
  cdnOriginHttps,
  cdnWebAcl,
  cdnLogged,
  cdnOriginAccess,
  cdnOriginFailover,
  cdnDefaultRoot,
  cdnSecurityHeaders,
];
