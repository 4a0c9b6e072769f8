export { Environment } from "./environments";
export { secretPlaceholder } from "./faults";
export { loadSettings } from "./load";
export type { RouteSettings } from "./route-settings";
export type {
  AlarmSettings,
  EndpointSettings,
  LoadBalancerSettings,
  NetworkSettings,
  PurchaseSettings,
  ScalingSettings,
  ServiceAlarmSettings,
  ServiceSettings,
  Settings,
  Text,
} from "./settings";
