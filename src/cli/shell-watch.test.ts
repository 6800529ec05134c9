/** The watch over a shutdown, in each shell that may be `/bin/sh`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SHELL_WATCH } from './end-within.ts'

const SHELLS = ['/bin/sh', '/bin/bash', '/bin/dash'].filter((shell) => existsSync(shell))
const LONG_S = '600'

let mark: string
let watched: ChildProcess
beforeEach(async () => {
  mark = `ALGIERS_WATCH=${randomUUID()}`
  watched = spawn('sleep', [LONG_S])
  await once(watched, 'spawn')
})
/** What is left of the watch. */
const left = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)
      } catch {
        // It has gone meanwhile, or is another user's.
        return false
      }
    })
    .map(Number)
afterEach(() => {
  watched.kill('SIGKILL')
  for (const pid of left()) process.kill(pid, 'SIGKILL')
})
const watch = (shell: string, seconds: string): ChildProcess => {
  const [name, value] = mark.split('=') as [string, string]
  const args = ['-c', SHELL_WATCH, 'watch', `${watched.pid}`, seconds]
  return spawn(shell, args, {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, [name]: value },
  })
}

describe.skipIf(process.platform !== 'linux').each(SHELLS)('in %s', (shell) => {
  test('nothing of it stays once the parent has ended, and whoever has its number by then is left alone', async () => {
    const ended = watch(shell, LONG_S)
    await expect.poll(() => left().length, { timeout: 30_000 }).toBeGreaterThan(2)
    ended.stdin!.end()
    await once(ended, 'exit')
    await expect.poll(left, { timeout: 30_000 }).toEqual([])
    expect([watched.exitCode, watched.signalCode]).toEqual([null, null])
  })

  test('a parent that has ended before it began is no different', async () => {
    const ended = watch(shell, LONG_S)
    ended.stdin!.end()
    await once(ended, 'exit')
    await expect.poll(left, { timeout: 30_000 }).toEqual([])
    expect([watched.exitCode, watched.signalCode]).toEqual([null, null])
  })

  test('a parent that hangs is ended, and then nothing stays either', async () => {
    const watching = watch(shell, '0.2')
    expect(await once(watched, 'exit')).toEqual([null, 'SIGKILL'])
    watching.stdin!.end()
    await expect.poll(left, { timeout: 30_000 }).toEqual([])
  })
})
