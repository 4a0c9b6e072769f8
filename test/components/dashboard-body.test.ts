import assert from "node:assert/strict";
import { dashboardBody, type Widget } from "../../components/lib/dashboard-body";

const subject = {
  region: "eu-west-1",
  loadBalancerArnSuffix: "app/edge/1",
  services: {
    web: {
      groupName: "web-asg",
      targetGroupArnSuffixes: { main: "targetgroup/main/2", api: "targetgroup/api/3" },
    },
    jobs: { groupName: "jobs-asg", targetGroupArnSuffixes: {} },
  },
};

function charts(widgets: readonly Widget[], row: number): [unknown, unknown][] {
  return widgets
    .filter(({ type, y }) => type === "metric" && y === row * 7 + 1)
    .map(({ properties }) => [properties.title, properties.metrics]);
}

describe("the body of a dashboard", () => {
  const { widgets } = dashboardBody(subject);

  it("has a heading for the load balancer, each service and each endpoint, by name", () => {
    const headings = widgets
      .filter(({ type }) => type === "text")
      .map(({ properties }) => properties.markdown);
    assert.deepEqual(headings, [
      "## Load balancer",
      "## Service jobs: instances",
      "## Service web: instances",
      "## Service web: endpoint api",
      "## Service web: endpoint main",
    ]);
  });

  it("shows requests, response times and answers of the load balancer", () => {
    const metric = (name: string, stat: string, label: string) => [
      "AWS/ApplicationELB",
      name,
      "LoadBalancer",
      "app/edge/1",
      { stat, label },
    ];
    assert.deepEqual(charts(widgets, 0), [
      ["Requests a minute", [metric("RequestCount", "Sum", "requests")]],
      [
        "Response time, seconds",
        [metric("TargetResponseTime", "p50", "p50"), metric("TargetResponseTime", "p95", "p95")],
      ],
      [
        "Answers a minute",
        [
          metric("HTTPCode_Target_2XX_Count", "Sum", "2xx"),
          metric("HTTPCode_Target_5XX_Count", "Sum", "5xx of services"),
          metric("HTTPCode_ELB_5XX_Count", "Sum", "5xx of the load balancer"),
        ],
      ],
    ]);
  });

  it("shows instances, load, network and volumes of a group", () => {
    const metric = (namespace: string, name: string, stat: string, label: string) => [
      namespace,
      name,
      "AutoScalingGroupName",
      "web-asg",
      { stat, label },
    ];
    assert.deepEqual(charts(widgets, 2), [
      [
        "Instances",
        [
          metric("AWS/AutoScaling", "GroupMinSize", "Average", "minimum"),
          metric("AWS/AutoScaling", "GroupMaxSize", "Average", "maximum"),
          metric("AWS/AutoScaling", "GroupDesiredCapacity", "Average", "desired"),
          metric("AWS/AutoScaling", "GroupInServiceInstances", "Average", "in service"),
          metric("AWS/AutoScaling", "GroupPendingInstances", "Average", "pending"),
          metric("AWS/AutoScaling", "GroupTerminatingInstances", "Average", "terminating"),
        ],
      ],
      [
        "CPU and memory, percent",
        [
          metric("AWS/EC2", "CPUUtilization", "Average", "CPU, mean"),
          metric("AWS/EC2", "CPUUtilization", "Maximum", "CPU, busiest"),
          metric("CWAgent", "mem_used_percent", "Average", "memory, mean"),
        ],
      ],
      [
        "Network, bytes a minute",
        [metric("AWS/EC2", "NetworkIn", "Sum", "in"), metric("AWS/EC2", "NetworkOut", "Sum", "out")],
      ],
      [
        "Volumes, bytes a minute",
        [
          metric("AWS/EC2", "EBSReadBytes", "Sum", "read"),
          metric("AWS/EC2", "EBSWriteBytes", "Sum", "written"),
        ],
      ],
    ]);
  });

  it("shows hosts, requests, response times and answers of an endpoint", () => {
    const metric = (name: string, stat: string, label: string) => [
      "AWS/ApplicationELB",
      name,
      "LoadBalancer",
      "app/edge/1",
      "TargetGroup",
      "targetgroup/main/2",
      { stat, label },
    ];
    assert.deepEqual(charts(widgets, 4), [
      [
        "Hosts",
        [
          metric("HealthyHostCount", "Minimum", "healthy"),
          metric("UnHealthyHostCount", "Maximum", "unhealthy"),
        ],
      ],
      ["Requests a minute", [metric("RequestCount", "Sum", "requests")]],
      [
        "Response time, seconds",
        [metric("TargetResponseTime", "p50", "p50"), metric("TargetResponseTime", "p95", "p95")],
      ],
      [
        "Answers a minute",
        [
          metric("HTTPCode_Target_2XX_Count", "Sum", "2xx"),
          metric("HTTPCode_Target_5XX_Count", "Sum", "5xx"),
        ],
      ],
    ]);
  });

  it("draws every chart by the minute in its own region", () => {
    const drawn = widgets.filter(({ type }) => type === "metric").map(({ properties }) => properties);
    assert.equal(drawn.length, 19);
    for (const { title: _, metrics: __, ...rest } of drawn) {
      assert.deepEqual(rest, { region: "eu-west-1", view: "timeSeries", stacked: false, period: 60 });
    }
  });

  it("lays boxes side by side over the whole width, none over another", () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      for (let column = x; column < x + width; column++) {
        for (let line = y; line < y + height; line++) {
          const cell = `${column}:${line}`;
          assert.ok(!taken.has(cell), `two boxes at ${cell}`);
          taken.add(cell);
        }
      }
    }
    assert.equal(taken.size, 24 * 7 * 5);
  });

  it("is the same whatever order services are named in", () => {
    const { web, jobs } = subject.services;
    assert.deepEqual(dashboardBody({ ...subject, services: { jobs, web } }), { widgets });
  });
});
