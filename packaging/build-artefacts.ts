import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Artefact, Program } from './artefact.ts'
import { billOfMaterials } from './bill-of-materials.ts'
import { installModules } from './install-modules.ts'
import { gatherLicences } from './licences.ts'
import { linuxArtefacts } from './linux.ts'
import { macArtefacts } from './macos.ts'
import type { Platform } from './platforms.ts'
import { programFiles } from './program-files.ts'
import { shippedPackages } from './shipped-packages.ts'
import { windowsArtefacts } from './windows.ts'

const MODULES = 'app/node_modules/'
const PACKERS: Readonly<Record<Platform['os'], (program: Program) => Promise<Artefact[]>>> = {
  linux: linuxArtefacts,
  darwin: macArtefacts,
  win32: windowsArtefacts,
}

/** The packages of one platform and their bill of materials. Page and engine must have been built. */
export const buildArtefacts = async (root: string, platform: Platform): Promise<Artefact[]> => {
  const read = (name: string): string => readFileSync(join(root, name), 'utf8')
  const { version, description } = JSON.parse(read('package.json')) as { version: string; description: string }
  const modules = installModules(root, platform)
  const files = programFiles(root, modules, platform)
  const fromModules = files.filter(({ path }) => path.startsWith(MODULES)).map(({ path }) => path.slice(MODULES.length))
  const packages = shippedPackages(root, modules, [...fromModules, `${platform.nodePackage}/bin`])
  const program: Program = {
    platform,
    version,
    description,
    files,
    licences: gatherLicences(read('LICENSE'), packages),
    changelog: read('CHANGELOG.md'),
    icon: read('src/web/icon.svg'),
  }
  const bill = {
    name: `algiers-${version}-${platform.name}.cdx.json`,
    bytes: Buffer.from(billOfMaterials(root, packages)),
  }
  return [...(await PACKERS[platform.os](program)), bill]
}
