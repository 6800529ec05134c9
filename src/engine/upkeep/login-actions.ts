import { homedir } from 'node:os'
import type { Machine } from '../../platform/desktop/browser-places.ts'
import { loginCommand, loginStart } from '../../platform/desktop/login-start.ts'
import { isStartedAtLogin, writeLoginStart } from '../../platform/desktop/write-login-start.ts'

/** Whether the session of the person starts Algiers. */
export type LoginActions = {
  readonly isOn: () => Promise<boolean>
  /** @throws SETTING_INVALID, STORAGE_FULL, STORAGE_READ_ONLY */
  readonly set: (isOn: boolean) => Promise<void>
}

const thisMachine = (): Machine => ({ platform: process.platform, environment: process.env, home: homedir() })

export const loginActions = (machine: Machine = thisMachine()): LoginActions => {
  const start = loginStart(machine, loginCommand(machine, { node: process.execPath, main: process.argv[1] ?? '' }))
  return { isOn: () => isStartedAtLogin(start), set: (isOn) => writeLoginStart(start, isOn) }
}
