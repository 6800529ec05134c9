import { join } from 'node:path'
import type { Artefact, Program } from './artefact.ts'
import { diskFile, type PackedFile, textFile, under } from './entry.ts'
import { text } from './texts.ts'
import { zipOf } from './zip.ts'

/** Windows wants its own ends of lines in what its shells read. */
const script = (name: string, values?: Readonly<Record<string, string>>): PackedFile =>
  textFile(name, text(`windows/${name}`, values).replace(/\n/g, '\r\n'))

/** A folder that runs from anywhere, with a script that installs it for one user. */
export const windowsArtefacts = async ({ platform, version, files, licences }: Program): Promise<Artefact[]> => {
  const folder = [
    ...files,
    diskFile('Algiers.exe', join(import.meta.dirname, 'prebuilt', 'Algiers.exe')),
    script('algiers.cmd'),
    script('install.cmd'),
    script('install.ps1', { VERSION: version }),
    script('uninstall.ps1'),
    textFile('LICENCES.txt', licences),
  ]
  return [{ name: `algiers-${version}-${platform.name}.zip`, bytes: await zipOf(under('Algiers', folder)) }]
}
