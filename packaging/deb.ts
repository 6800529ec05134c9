import { createHash } from 'node:crypto'
import { type Entry, isLink, PACKED_AT_S, type PackedFile, textFile, under } from './entry.ts'
import { gzipped, tarOf } from './tar.ts'

/** One member of an `ar` archive: a header of 60 bytes in text, and the bytes, padded to an even length. */
const member = (name: string, bytes: Buffer): Buffer[] => [
  Buffer.from(
    [
      name.padEnd(16),
      String(PACKED_AT_S).padEnd(12),
      '0     0     100644  ',
      String(bytes.length).padEnd(10),
      '`\n',
    ].join(''),
  ),
  bytes,
  Buffer.alloc(bytes.length % 2, '\n'),
]

/**
 * A Debian package: what is installed from the root on, its control fields and its maintainer scripts, by name.
 * https://manpages.debian.org/bookworm/dpkg-dev/deb.5.en.html
 */
export const debOf = async (
  entries: readonly Entry[],
  control: Readonly<Record<string, string>>,
  scripts: Readonly<Record<string, string>> = {},
): Promise<Buffer> => {
  const files = entries.filter((entry): entry is PackedFile => !isLink(entry))
  const sizes = files.map(({ read }) => read().length)
  const fields = { ...control, 'Installed-Size': String(Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024)) }
  const sums = files.map(({ path, read }) => `${createHash('md5').update(read()).digest('hex')}  ${path}\n`).sort()
  const controlFiles = [
    textFile(
      'control',
      Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(''),
    ),
    textFile('md5sums', sums.join('')),
    ...Object.entries(scripts).map(([name, script]) => textFile(name, script, 0o755)),
  ]
  return Buffer.concat([
    Buffer.from('!<arch>\n'),
    ...member('debian-binary', Buffer.from('2.0\n')),
    ...member('control.tar.gz', await gzipped(await tarOf(under('.', controlFiles)))),
    ...member('data.tar.gz', await gzipped(await tarOf(under('.', entries)))),
  ])
}
