import { homedir } from 'node:os'
import { UserError } from '../../core/support/user-error.ts'
import type { Machine } from '../../platform/desktop/browser-places.ts'
import { loginCommand, loginStart, type RunningProgram, startsAnother } from '../../platform/desktop/login-start.ts'
import { readLoginStart, writeLoginStart } from '../../platform/desktop/write-login-start.ts'

/** Whether the session of the person starts Algiers. */
export type LoginActions = {
  readonly isOn: () => Promise<boolean>
  /** @throws SETTING_INVALID, STORAGE_FULL, STORAGE_READ_ONLY */
  readonly set: (isOn: boolean) => Promise<void>
  /** Has this package started at login, where another one is: one of an older version, or this one before it was moved. */
  readonly keepUp: () => Promise<void>
}

const thisMachine = (): Machine => ({ platform: process.platform, environment: process.env, home: homedir() })

const thisProgram = (): RunningProgram => ({ node: process.execPath, main: process.argv[1] ?? '' })

export const loginActions = (
  machine: Machine = thisMachine(),
  program: RunningProgram = thisProgram(),
): LoginActions => {
  const { command, isPackage, problem } = loginCommand(machine, program)
  const start = loginStart(machine, command)
  return {
    isOn: async () => (await readLoginStart(start)) !== null,
    set: async (isOn) => {
      if (isOn && problem !== null) throw new UserError('SETTING_INVALID', `start at login: ${problem}`)
      await writeLoginStart(start, isOn)
    },
    keepUp: async () => {
      const written = isPackage && problem === null ? await readLoginStart(start) : null
      if (written !== null && startsAnother(written, start)) await writeLoginStart(start, true)
    },
  }
}
