import type { Artefact, Program } from './artefact.ts'
import { textFile, under } from './entry.ts'
import { icnsOf } from './icons.ts'
import { text } from './texts.ts'
import { zipOf } from './zip.ts'

/** `Algiers.app`, to be dragged into Applications. */
export const macArtefacts = async ({ platform, version, files, licences, icon }: Program): Promise<Artefact[]> => {
  const contents = [
    textFile('Info.plist', text('macos/Info.plist', { VERSION: version })),
    textFile('PkgInfo', 'APPL????'),
    textFile('MacOS/Algiers', text('macos/Algiers.sh'), 0o755),
    { path: 'Resources/algiers.icns', mode: 0o644 as const, read: () => icnsOf(icon) },
    textFile('Resources/bin/algiers', text('macos/algiers-terminal.sh'), 0o755),
    textFile('Resources/LICENCES.txt', licences),
    ...under('Resources', files),
  ]
  return [
    { name: `algiers-${version}-${platform.name}.zip`, bytes: await zipOf(under('Algiers.app/Contents', contents)) },
  ]
}
