import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import { askToQuit } from '../queries/quit-state.ts'
import styles from './setting-rows.module.css'
import { useChangingSettings } from './use-changing-settings.ts'

/** When Algiers starts, and its end. */
export const StartPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: login } = useQuery({ ...queryOf('loginStart'), staleTime: 0 })
  const { settings, said, toggle } = useChangingSettings()
  const changeLogin = async (on: boolean): Promise<void> => {
    queries.setQueryData(queryOf('loginStart').queryKey, await client.changeLoginStart({ body: { on } }))
  }
  return (
    <Panel title="Start and quit">
      <div className={styles.rows}>
        {login && (
          <label>
            <input
              type="checkbox"
              checked={login.on}
              onChange={({ target }) => void changeLogin(target.checked).catch(notifyProblem)}
            />{' '}
            Start Algiers when you log in
          </label>
        )}
        {settings && (
          <label>
            <input
              type="checkbox"
              checked={settings.open_at_start}
              onChange={({ target }) => void toggle({ open_at_start: target.checked })}
            />{' '}
            Open its window then, not only work in the background
          </label>
        )}
        <span role="status" className="quiet">
          {said}
        </span>
      </div>
      <p className={styles.actions}>
        <Button onClick={askToQuit}>Quit Algiers</Button>
      </p>
    </Panel>
  )
}
