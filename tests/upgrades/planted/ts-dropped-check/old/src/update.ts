import { fetchPackage, unpack } from "./archive";
import { verifySignature } from "./signature";

export async function install(version: string): Promise<void> {
  const archive = await fetchPackage(version);
  if (!verifySignature(archive.body, archive.signature)) {
    throw new Error(`update ${version} is not signed`);
  }
  await unpack(archive.body);
}

export function newer(a: string, b: string): boolean {
  return a.localeCompare(b, undefined, { numeric: true }) > 0;
}
