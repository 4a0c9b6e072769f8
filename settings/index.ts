export { Environment } from "./environments";
export { secretPlaceholder } from "./faults";
export { loadSettings } from "./load";
export type {
  AlarmSettings,
  EndpointSettings,
  LoadBalancerSettings,
  NetworkSettings,
  PurchaseSettings,
  RouteSettings,
  ScalingSettings,
  ServiceAlarmSettings,
  ServiceSettings,
  Settings,
  Text,
} from "./settings";
