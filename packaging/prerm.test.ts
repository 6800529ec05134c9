/** What dpkg runs before it removes the program, over processes of a folder that stands for `/usr/lib/algiers`. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { text } from './texts.ts'

const SLEEP = '/bin/sleep'

let folder: string
let running: ChildProcess
beforeEach(({ skip }) => {
  skip(process.platform !== 'linux', 'dpkg is for Linux')
  folder = mkdtempSync(join(tmpdir(), 'algiers-prerm-'))
  mkdirSync(join(folder, 'runtime'))
})
afterEach(() => {
  running.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

const start = async (name: string): Promise<string> => {
  const node = join(folder, 'runtime', name)
  copyFileSync(SLEEP, node)
  running = spawn(node, ['600'], { argv0: 'sleep' })
  await once(running, 'spawn')
  return node
}
const remove = (): void =>
  void execFileSync('sh', ['-c', text('linux/prerm.sh').replaceAll('/usr/lib/algiers', folder), 'prerm', 'remove'])

test.each<readonly [string, (node: string) => void]>([
  ['runs', () => {}],
  ['was left running by an upgrade', (node) => rmSync(node)],
  [
    'was left running by an upgrade that put a new file in its place',
    (node) => {
      copyFileSync(SLEEP, `${node}.dpkg-new`)
      renameSync(`${node}.dpkg-new`, node)
    },
  ],
  [
    'was left running by an upgrade that moved its file out of the way',
    (node) => {
      renameSync(node, `${node}.dpkg-tmp`)
      rmSync(`${node}.dpkg-tmp`)
    },
  ],
])('a server that %s is ended', async (_how, upgrade) => {
  upgrade(await start('node'))
  const ended = once(running, 'exit')
  remove()
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('another program of the same folder is left alone', async () => {
  await start('node2')
  remove()
  expect([running.exitCode, running.signalCode]).toEqual([null, null])
})
