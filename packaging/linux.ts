import { join } from 'node:path'
import type { Artefact, Program } from './artefact.ts'
import { debOf } from './deb.ts'
import { diskFile, type Entry, type PackedFile, textFile, under } from './entry.ts'
import { pictures } from './icons.ts'
import { gzipped, tarOf } from './tar.ts'
import { text } from './texts.ts'

const DEBIAN_NAMES = { x64: 'amd64', arm64: 'arm64' } as const
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]

/** The program as one folder, which runs from anywhere. */
const folderOf = ({ files, platform }: Program): PackedFile[] => [
  ...files,
  textFile('algiers', text('linux/algiers.sh'), 0o755),
  {
    ...diskFile('runtime/lib/libatomic.so.1', join(import.meta.dirname, 'prebuilt', `libatomic-${platform.cpu}.so.1`)),
    mode: 0o644,
  },
]

const installed = (program: Program, changelog: Buffer): Entry[] => [
  ...under('usr/lib/algiers', folderOf(program)),
  { path: 'usr/bin/algiers', target: '../lib/algiers/algiers' },
  textFile('usr/share/applications/algiers.desktop', text('linux/algiers.desktop')),
  textFile('usr/share/mime/packages/algiers.xml', text('linux/algiers.xml')),
  textFile('usr/share/icons/hicolor/scalable/apps/algiers.svg', program.icon),
  ...pictures(program.icon, ICON_SIZES).map(
    ({ size, png }): PackedFile => ({
      path: `usr/share/icons/hicolor/${size}x${size}/apps/algiers.png`,
      mode: 0o644,
      read: () => png,
    }),
  ),
  textFile('usr/share/doc/algiers/copyright', program.licences),
  { path: 'usr/share/doc/algiers/changelog.gz', mode: 0o644, read: () => changelog },
]

/** A folder to unpack anywhere, and a package for Debian, Ubuntu and Mint. */
export const linuxArtefacts = async (program: Program): Promise<Artefact[]> => {
  const { platform, version, description, licences, changelog } = program
  const architecture = DEBIAN_NAMES[platform.cpu]
  const top = `algiers-${version}-${platform.name}`
  const folder = under(top, [...folderOf(program), textFile('LICENCES.txt', licences)])
  const control = {
    Package: 'algiers',
    Version: version,
    Architecture: architecture,
    Maintainer: 'The authors of Algiers <algiers@localhost>',
    Section: 'sound',
    Priority: 'optional',
    // What the pinned Node and the native runtime ask of the system.
    // Debian 10 has the last one under its older name.
    Depends: 'libc6 (>= 2.28), libstdc++6, libgcc-s1 | libgcc1',
    Suggests: 'ffmpeg',
    Description: description,
  }
  return [
    { name: `${top}.tar.gz`, bytes: await gzipped(await tarOf(folder)) },
    {
      name: `algiers_${version}_${architecture}.deb`,
      bytes: await debOf(installed(program, await gzipped(Buffer.from(changelog))), control, {
        prerm: text('linux/prerm.sh'),
        postrm: text('linux/postrm.sh'),
      }),
    },
  ]
}
