import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Artefact, Program } from './artefact.ts'
import { type Bill, billOfLock, billOfMaterials } from './bill-of-materials.ts'
import type { PackedFile } from './entry.ts'
import { type InstalledModules, installModules } from './install-modules.ts'
import { gatherLicences } from './licences.ts'
import { linuxArtefacts } from './linux.ts'
import { macArtefacts } from './macos.ts'
import type { Platform } from './platforms.ts'
import { ownFiles, programFiles } from './program-files.ts'
import { shippedPackages } from './shipped-packages.ts'
import { windowsArtefacts } from './windows.ts'

const MODULES = 'app/node_modules/'
const PACKERS: Readonly<Record<Platform['os'], (program: Program) => Promise<Artefact[]>>> = {
  linux: linuxArtefacts,
  darwin: macArtefacts,
  win32: windowsArtefacts,
}

/** What the packages of all platforms have in common, found out once. */
type Sources = {
  readonly root: string
  readonly modules: InstalledModules
  readonly own: readonly PackedFile[]
  readonly bill: Bill
}

/** Page and engine must have been built. */
export const gatherSources = (root: string, platforms: readonly Platform[]): Sources => ({
  root,
  modules: installModules(root, platforms),
  own: ownFiles(root),
  bill: billOfLock(root),
})

/** The packages of one platform and their bill of materials. */
export const buildArtefacts = async (
  { root, modules, own, bill }: Sources,
  platform: Platform,
): Promise<Artefact[]> => {
  const read = (name: string): string => readFileSync(join(root, name), 'utf8')
  const { version, description } = JSON.parse(read('package.json')) as { version: string; description: string }
  const files = programFiles(own, modules, platform)
  const fromModules = files.filter(({ path }) => path.startsWith(MODULES)).map(({ path }) => path.slice(MODULES.length))
  const packages = shippedPackages(root, modules.folder, [...fromModules, `${platform.nodePackage}/bin`])
  const program: Program = {
    platform,
    version,
    description,
    files,
    licences: gatherLicences(read('LICENSE'), packages),
    changelog: read('CHANGELOG.md'),
    icon: read('src/web/icon.svg'),
  }
  const listed = {
    name: `algiers-${version}-${platform.name}.cdx.json`,
    bytes: Buffer.from(billOfMaterials(bill, packages)),
  }
  return [...(await PACKERS[platform.os](program)), listed]
}
