import { basename, join } from 'node:path'
import type { Artefact, Program } from './artefact.ts'
import { diskFile, type PackedFile, textFile, under } from './entry.ts'
import { text } from './texts.ts'
import { zipOf } from './zip.ts'

/** Windows wants its own ends of lines in what its shells read. */
const script = (path: string, values?: Readonly<Record<string, string>>): PackedFile =>
  textFile(path, text(`windows/${basename(path)}`, values).replace(/\n/g, '\r\n'))

/**
 * A folder that runs from anywhere, with a script that installs it for one user. Explorer hides the endings of names, so that no two files
 * beside each other may be called the same without them.
 */
export const windowsArtefacts = async ({ platform, version, files, licences }: Program): Promise<Artefact[]> => {
  const folder = [
    ...files,
    diskFile('Algiers.exe', join(import.meta.dirname, 'prebuilt', 'Algiers.exe')),
    script('install.cmd'),
    script('bin/algiers.cmd'),
    script('setup/install.ps1', { VERSION: version }),
    script('setup/uninstall.ps1'),
    textFile('LICENCES.txt', licences),
  ]
  return [{ name: `algiers-${version}-${platform.name}.zip`, bytes: await zipOf(under('Algiers', folder)) }]
}
