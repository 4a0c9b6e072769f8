export { Environment } from "./environments";
export { secretPlaceholder } from "./faults";
export { loadSettings } from "./load";
export type { RouteSettings } from "./route-settings";
export type {
  AlarmSettings,
  ConnectionSettings,
  EndpointSettings,
  LoadBalancerSettings,
  NetworkSettings,
  PurchaseSettings,
  ScalingSettings,
  ServiceAlarmSettings,
  ServiceDiscoverySettings,
  ServiceSettings,
  Settings,
  Text,
} from "./settings";
