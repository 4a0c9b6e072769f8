#!/bin/bash
# Turns a fresh Amazon Linux 2023 instance into one that answers on port 8080 and reports CPU, memory and disk use.
# Safe to run again.
set -euo pipefail

metadata() {
  local token
  token=$(curl -sSf --retry 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' \
    http://169.254.169.254/latest/api/token)
  curl -sSf --retry 5 -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

install -d /etc/app /opt/app
instance_id=$(metadata instance-id)
printf '{"id": "%s", "type": "%s", "zone": "%s", "image": "%s"}\n' "$instance_id" \
  "$(metadata instance-type)" "$(metadata placement/availability-zone)" "$(metadata ami-id)" >/etc/app/instance.json

cat >/opt/app/server.py <<'PY'
import json, signal, threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

with open("/etc/app/instance.json") as file:
    instance = json.load(file)
leaving = threading.Event()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Longer than the balancer keeps a connection idle (60 s), so that the balancer is the one who closes.
    timeout = 65

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/ready" and leaving.is_set():
            return self.answer(503, {"status": "leaving"})
        if path in ("/health", "/ready"):
            now = datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
            return self.answer(200, {"status": "healthy", "service": "app", "timestamp": now})
        self.answer(200, {"service": "app", "path": path, "zone": instance["zone"]})

    do_HEAD = do_GET

    def answer(self, code, body):
        text = (json.dumps({**body, "instance": instance["id"]}) + "\n").encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("X-Instance-Id", instance["id"])
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("", 8080), Handler)


def leave(*_):
    leaving.set()
    threading.Timer(5, server.shutdown).start()


signal.signal(signal.SIGTERM, leave)
server.serve_forever()
PY

cat >/etc/systemd/system/app.service <<'UNIT'
[Unit]
Description=Application
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/bin/python3 /opt/app/server.py
DynamicUser=yes
ProtectSystem=strict
ProtectHome=yes
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable app
systemctl restart app

# The service answers whether or not the agent can be installed; without it, memory use is not reported.
dnf -q -y install amazon-cloudwatch-agent
cat >/etc/app/agent.json <<'JSON'
{
  "agent": { "metrics_collection_interval": 60 },
  "metrics": {
    "append_dimensions": {
      "AutoScalingGroupName": "${aws:AutoScalingGroupName}",
      "InstanceId": "${aws:InstanceId}"
    },
    "aggregation_dimensions": [["AutoScalingGroupName"]],
    "metrics_collected": {
      "cpu": { "totalcpu": true, "measurement": ["cpu_usage_active", "cpu_usage_iowait"] },
      "mem": { "measurement": ["mem_used_percent"] },
      "disk": { "resources": ["/"], "measurement": ["disk_used_percent"] }
    }
  }
}
JSON
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/etc/app/agent.json
