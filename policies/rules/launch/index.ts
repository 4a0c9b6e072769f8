import type { Rule } from "../../lib/rule";
import { launchDetailedMonitoring } from "./launch-detailed-monitoring";
import { launchEncryptedVolumes } from "./launch-encrypted-volumes";
import { launchInstanceProfile } from "./launch-instance-profile";
import { launchMetadataHopLimit } from "./launch-metadata-hop-limit";
import { launchMetadataTokens } from "./launch-metadata-tokens";
import { launchNoEmbeddedSecrets } from "./launch-no-embedded-secrets";
import { launchNoPublicAddress } from "./launch-no-public-address";

/** Rules about what instances are launched with, in the order in which they are told. */
export const launchRules: readonly Rule[] = [
  launchMetadataTokens,
  launchMetadataHopLimit,
  launchNoPublicAddress,
  launchEncryptedVolumes,
  launchDetailedMonitoring,
  launchNoEmbeddedSecrets,
  launchInstanceProfile,
];
