import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** In the environment of all that a run of the tests starts, so that it is known also where its parent has gone. */
export const RUN_MARK = 'ALGIERS_TEST_RUN'

/** A server that has lost its parent ends by itself, and tidies up. */
export const GRACE_MS = 10_000
const EVERY_MS = 100

/** Of a process that has just ended, or of somebody else, nothing is known. */
const environmentOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}

/** The processes of a run, by their ids. Only Linux tells the environment of others. */
export const processesOf = (mark: string): readonly number[] =>
  process.platform !== 'linux'
    ? []
    : readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name) && environmentOf(name).split('\0').includes(`${RUN_MARK}=${mark}`))
        .map(Number)

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}

/** Waits a while for what a run has left to end, then ends it, and what that has started meanwhile. */
export const endProcessesOf = async (mark: string, graceMs: number): Promise<void> => {
  const patience = Date.now() + graceMs
  for (let left = processesOf(mark); left.length > 0; left = processesOf(mark)) {
    if (Date.now() > patience) left.forEach(kill)
    await wait(EVERY_MS)
  }
}
