/** Processor time of a process and all that it started. */
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100

type Times = { readonly parent: number; readonly own: number; readonly ended: number }

/** User and system time of a process, then those of its child processes that have ended; null where it is gone. */
const timesOf = (pid: number | 'self'): Times | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
    const [own, ownSystem, ended, endedSystem] = fields.slice(11, 15) as [number, number, number, number]
    return { parent: fields[1]!, own: own + ownSystem, ended: ended + endedSystem }
  } catch {
    return null
  }
}

/** Child processes that nobody has waited for yet, such as those of networks, also where they have ended. */
const childrenTicks = (): number =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .filter((times) => times?.parent === process.pid)
    .reduce((sum, times) => sum + times!.own + times!.ended, 0)

export const canTellProcessorTime = (): boolean => timesOf('self') !== null

/** In seconds; a child that ends between two looks is counted once or not at all. */
export const processorSeconds = (): { readonly own: number; readonly children: number } => {
  const { own, ended } = timesOf('self')!
  return { own: own / TICKS_A_SECOND, children: (ended + childrenTicks()) / TICKS_A_SECOND }
}
