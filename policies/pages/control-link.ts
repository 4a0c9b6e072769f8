/** A control's id, linked to the page on which AWS describes it. */
export function controlLink(id: string): string {
  const anchor = id.toLowerCase().replace(".", "-");
  const [service] = anchor.split("-");
  const page = `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html`;
  return `[${id}](${page}#${anchor})`;
}
