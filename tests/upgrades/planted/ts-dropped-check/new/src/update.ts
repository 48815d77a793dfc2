import { fetchPackage, unpack } from "./archive";

export async function install(version: string): Promise<void> {
  const archive = await fetchPackage(version);
  if (archive.body.length === 0) {
    throw new Error(`update ${version} is empty`);
  }
  await unpack(archive.body);
}

export function newer(a: string, b: string): boolean {
  return a.localeCompare(b, "en", { numeric: true }) > 0;
}
