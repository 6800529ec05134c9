import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../../api/operations/client.ts'
import { client } from '../kit/client.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import { type Settings, useSettings } from '../queries/use-settings.ts'
import type { NumberSetting } from './number-row.tsx'

type ChangingSettings = {
  /** Undefined until they have arrived. */
  readonly settings: Settings | undefined
  readonly error: Error | null
  /** What to say of the last change. */
  readonly said: string
  readonly toggle: (changed: Partial<Settings>) => Promise<void>
  /** @returns what the server says against it, null once it is kept */
  readonly changeNumber: (name: NumberSetting, value: number) => Promise<string | null>
}

/** The settings, and their changes, which are kept at once. The server says what is allowed. */
export const useChangingSettings = (): ChangingSettings => {
  const queries = useQueryClient()
  const { data: settings, error } = useSettings()
  const key = queryOf('settings').queryKey
  const [said, setSaid] = useState('')
  const change = async (changed: Partial<Settings>): Promise<void> => {
    setSaid('')
    queries.setQueryData(key, await client.changeSettings({ body: changed }))
    setSaid('Saved')
    // Labels do not change, but what is made of them does.
    await refreshAfter(queries, 'labels')
  }
  /** A switch moves at once, and back where the server refuses. */
  const toggle = async (changed: Partial<Settings>): Promise<void> => {
    const before = queries.getQueryData(key)
    queries.setQueryData(key, (all) => all && { ...all, ...changed })
    try {
      await change(changed)
    } catch (refusal) {
      queries.setQueryData(key, before)
      notifyProblem(refusal)
    }
  }
  const changeNumber = async (name: NumberSetting, value: number): Promise<string | null> => {
    try {
      await change({ [name]: value })
      return null
    } catch (refusal) {
      // The server names the setting first, which the field does already.
      if (refusal instanceof ApiProblem) return `Not saved: ${refusal.problem.detail.replace(`${name}: `, 'it ')}.`
      notifyProblem(refusal)
      return 'This was not saved.'
    }
  }
  return { settings, error, said, toggle, changeNumber }
}
