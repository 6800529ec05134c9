import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { processTicks, runningProcesses, TICKS_A_SECOND } from '../soak/processor-time.ts'

const LOOK_EVERY_MS = 100

const commandOf = (id: number): string => {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

/**
 * Seconds of processor time of each kind of process that was begun since, with all that they have started; what ends counts as last seen.
 * @param marks a part of the command line of the first of each kind
 */
export const watchProcessors = <Kind extends string>(
  marks: Readonly<Record<Kind, string>>,
): (() => Readonly<Record<Kind, number>>) => {
  const names = Object.keys(marks) as Kind[]
  const kinds = new Map<number, Kind>()
  const ticks = new Map<number, number>()
  const known = new Set(runningProcesses())
  const look = (): void => {
    // Most have a higher number than the one that started them; the others are found at the next look.
    for (const id of runningProcesses().filter((one) => !known.has(one))) {
      const found = processTicks(id)
      if (found === null) continue
      const command = commandOf(id)
      const kind = names.find((name) => command.includes(marks[name])) ?? kinds.get(id) ?? kinds.get(found.parent)
      if (kind === undefined) continue
      kinds.set(id, kind)
      ticks.set(id, found.own)
    }
  }
  const looks = new AbortController()
  const follow = async (): Promise<void> => {
    while (!looks.signal.aborted) {
      look()
      await wait(LOOK_EVERY_MS)
    }
  }
  void follow()
  return () => {
    looks.abort()
    look()
    const secondsOf = (kind: Kind): number =>
      [...ticks].reduce((sum, [id, count]) => (kinds.get(id) === kind ? sum + count : sum), 0) / TICKS_A_SECOND
    return Object.fromEntries(names.map((kind) => [kind, secondsOf(kind)])) as Record<Kind, number>
  }
}
