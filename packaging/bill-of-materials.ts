import { createHash } from 'node:crypto'
import { PACKED_AT_S } from './entry.ts'
import { npm } from './npm.ts'
import type { ShippedPackage } from './shipped-packages.ts'

type Component = { readonly 'bom-ref': string; readonly name: string; readonly version: string }
type Dependency = { readonly ref: string; readonly dependsOn: readonly string[] }
export type Bill = {
  readonly metadata: { readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly Dependency[]
}

/** A number made from what the bill says, in the form of a random one. */
const serialNumber = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The bill of the whole lock file in CycloneDX, as npm writes it. */
export const billOfLock = (root: string): Bill =>
  JSON.parse(npm(root, 'sbom', '--package-lock-only', '--sbom-format=cyclonedx')) as Bill

/** Everything that is in a package: what is not shipped is left out of the bill of the whole. */
export const billOfMaterials = (bill: Bill, packages: readonly ShippedPackage[]): string => {
  const shipped = new Set(packages.map(({ name, version }) => `${name}@${version}`))
  const components = bill.components
    .filter(({ name, version }) => shipped.has(`${name}@${version}`))
    .map((component) => ({ ...component, scope: 'required', properties: [] }))
  const own = { ...bill.metadata.component, type: 'application', name: 'algiers', properties: [] }
  const known = new Set([own['bom-ref'], ...components.map((component) => component['bom-ref'])])
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`))
  const unlisted = [...shipped].filter((id) => !named.has(id))
  if (unlisted.length > 0) throw new Error(`The lock file does not list ${unlisted.join(', ')}`)
  const dependencies = bill.dependencies
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((id) => known.has(id)) }))
  const metadata = { timestamp: new Date(1000 * PACKED_AT_S).toISOString(), component: own }
  const whole = { ...bill, serialNumber: serialNumber(JSON.stringify(components)), metadata, components, dependencies }
  return `${JSON.stringify(whole, null, 2)}\n`
}
