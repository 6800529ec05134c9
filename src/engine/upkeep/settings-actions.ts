import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Settings } from '../../platform/store/settings-store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Workspace } from '../kit/workspace.ts'
import { rereadLibrary } from '../reading/reread-library.ts'
import { BASE_MODEL_VERSION, proposingVersion } from '../versions/base-model.ts'

export type SettingsActions = {
  readonly all: () => Promise<Settings>
  /**
   * Sets all of the values or, where one is not allowed, none.
   * @param wanted values by their names on the wire
   * @throws SETTING_INVALID
   */
  readonly change: (wanted: Readonly<Record<string, unknown>>) => Promise<Settings>
}

export const settingsActions = ({ store }: Pick<Workspace, 'store'>, jobs: JobQueue): SettingsActions => ({
  all: async () => store.settings.all(),
  change: async (wanted) => {
    const before = store.settings.all()
    const named = snakeCase(before)
    for (const [key, value] of Object.entries(wanted)) {
      const problem = store.settings.set(key, value)
      if (problem !== null && typeof problem !== 'string') continue
      for (const [changed, old] of Object.entries(named)) store.settings.set(changed, old)
      const detail = problem ?? `there is no such setting; there are ${Object.keys(named).join(', ')}`
      throw new UserError('SETTING_INVALID', `${key}: ${detail}`)
    }
    const after = store.settings.all()
    if (after.maxDurationSeconds !== before.maxDurationSeconds) store.analyses.forgetFailures('AUDIO_TOO_LONG')
    if (before.baseModel && !after.baseModel && store.models.activeVersion() === BASE_MODEL_VERSION)
      store.models.deactivate()
    // While it was off, the base model read nothing.
    const isSwitchedOn = !before.baseModel && after.baseModel
    if (isSwitchedOn && proposingVersion(store) === BASE_MODEL_VERSION) rereadLibrary(jobs, BASE_MODEL_VERSION)
    return after
  },
})
