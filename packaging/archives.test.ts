import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { debOf } from './deb.ts'
import { type PackedFile, textFile } from './entry.ts'
import { readArchive } from './read-archive.fixture.ts'
import { gzipped, tarOf } from './tar.ts'
import { zipOf } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-archives-'))
afterAll(() => rmSync(folder, { recursive: true }))

const LONG = `${'deep/'.repeat(40)}${'n'.repeat(90)}.js`
const FILES: readonly PackedFile[] = [
  textFile('b/start', '#!/bin/sh\n', 0o755),
  textFile('a.txt', ''),
  textFile(LONG, 'x'.repeat(70_000)),
  textFile('b/Größe', 'é'),
]
const CONTENTS = FILES.map(({ path, mode, read }): [string, object] => [path, { mode, bytes: read() }])

const write = (name: string, bytes: Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

test('a tar has every file with its mode, folders first, and links', async () => {
  const path = write('a.tar.gz', await gzipped(await tarOf([...FILES, { path: 'b/link', target: '../a.txt' }])))
  expect(await readArchive(path)).toEqual(new Map(CONTENTS))
  const listed = execFileSync('tar', ['tzvf', path, '--quoting-style=literal'], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')
  expect(listed.filter((line) => line.startsWith('d'))).toHaveLength(41)
  expect(listed.findIndex((line) => line.endsWith(' b/'))).toBeLessThan(
    listed.findIndex((line) => line.endsWith('b/start')),
  )
  expect(listed).toContainEqual(expect.stringMatching(/^lrwxrwxrwx root\/root .* b\/link -> \.\.\/a\.txt$/))
})

test('a zip has every file with its mode, and tells the same time in each zone', async () => {
  const zip = await zipOf(FILES)
  expect(await readArchive(write('a.zip', zip))).toEqual(new Map(CONTENTS))
  const zone = process.env.TZ
  try {
    process.env.TZ = 'Pacific/Kiritimati'
    expect(zip.equals(await zipOf(FILES))).toBe(true)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

test('archives do not depend on the order in which their files are given', async () => {
  const turned = FILES.toReversed()
  expect((await tarOf(turned)).equals(await tarOf(FILES))).toBe(true)
  expect((await zipOf(turned)).equals(await zipOf(FILES))).toBe(true)
})

test.skipIf(spawnSync('dpkg-deb', ['--version']).error !== undefined)(
  'a Debian package tells its fields and its files to dpkg',
  async () => {
    const control = {
      Package: 'algiers',
      Version: '1.2.3',
      Architecture: 'amd64',
      Maintainer: 'A <a@b>',
      Description: 'D',
    }
    const path = write('a.deb', await debOf(FILES, control, { postrm: '#!/bin/sh\n' }))
    const ask = (...args: readonly string[]): string => execFileSync('dpkg-deb', args, { encoding: 'utf8' })
    expect(ask('--field', path, 'Version', 'Installed-Size')).toBe('Version: 1.2.3\nInstalled-Size: 69\n')
    expect(ask('--contents', path)).toMatch(/^-rwxr-xr-x root\/root +10 2026-01-01 .* \.\/b\/start$/m)
    expect(ask('--info', path, 'postrm')).toBe('#!/bin/sh\n')
    expect(ask('--info', path, 'md5sums')).toContain(`  ${LONG}\n`)
  },
)
