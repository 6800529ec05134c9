import { readFileSync } from 'node:fs'

const statusKib = (pid: number, field: 'VmHWM' | 'VmRSS'): number | null => {
  try {
    const kib = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Number(kib)
  } catch {
    return null
  }
}

/** @returns the highest resident memory of a process since it was started, in KiB; null where the system does not tell, or it is gone */
export const peakResidentKib = (pid: number): number | null => statusKib(pid, 'VmHWM')

/** @returns the resident memory of a process now, as above */
export const residentKib = (pid: number): number | null => statusKib(pid, 'VmRSS')
