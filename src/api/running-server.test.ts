import { execFile, execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { announceServer, hasLostProgram } from './running-server.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-running-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const SERVER = { address: 'http://127.0.0.1:4747', instance: 'this one' }
const ODD: Readonly<Record<string, (path: string) => void>> = {
  pipe: (path) => void execFileSync('mkfifo', [path]),
  folder: (path) => void mkdirSync(join(path, 'inner'), { recursive: true }),
  'link to another file': (path) => symlinkSync(join(folder, 'other'), path),
}

test.skipIf(process.platform === 'win32').each(Object.keys(ODD))(
  'a %s in the place of the note is neither waited for nor written through',
  (kind) => {
    writeFileSync(join(folder, 'other'), 'mine')
    const note = join(folder, 'server.json')
    ODD[kind]!(note)
    const withdraw = announceServer(folder, SERVER)
    expect(JSON.parse(readFileSync(note, 'utf8'))).toEqual({ ...SERVER, program: process.argv[1] })
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('mine')
    rmSync(note)
    ODD[kind]!(note)
    withdraw()
    expect(existsSync(note)).toBe(false)
  },
)

test("servers that leave their notes at once do not get in each other's way, and one whole note is there", async () => {
  const script = `
    const { announceServer } = await import(${JSON.stringify(new URL('running-server.ts', import.meta.url).href)})
    for (let time = 0; time < 400; time++) announceServer(process.argv[1], ${JSON.stringify(SERVER)})`
  const args = ['--input-type=module', '-e', script, folder]
  await Promise.all(Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, args)))
  expect(readdirSync(folder)).toEqual(['server.json'])
  expect(JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8'))).toEqual({ ...SERVER, program: folder })
})

test('a program that was moved since it was started is told from one that lies where it was', () => {
  expect(hasLostProgram(folder)).toBe(false)
  const program = join(folder, 'main.js')
  writeFileSync(join(folder, 'server.json'), JSON.stringify({ ...SERVER, program }))
  expect(hasLostProgram(folder)).toBe(true)
  writeFileSync(program, '')
  expect(hasLostProgram(folder)).toBe(false)
  // As a version before this one has left it.
  writeFileSync(join(folder, 'server.json'), JSON.stringify(SERVER))
  expect(hasLostProgram(folder)).toBe(false)
})
