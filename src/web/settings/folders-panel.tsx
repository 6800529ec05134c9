import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { openFolders } from '../library/folders-state.ts'
import { IgnoredFiles } from '../library/ignored-files.tsx'
import { RootList } from '../library/root-list.tsx'
import { useRoots } from '../queries/use-roots.ts'
import { NumberRow } from './number-row.tsx'
import styles from './setting-rows.module.css'
import { useChangingSettings } from './use-changing-settings.ts'

const SECONDS_PER_MINUTE = 60

/** The folders that are read for music, and whether their changes are noticed. */
export const FoldersPanel = (): ReactElement => {
  const { data: roots } = useRoots()
  const { settings, said, toggle, changeNumber } = useChangingSettings()
  return (
    <Panel title="Music folders" aside={<Button onClick={() => openFolders()}>Add a folder…</Button>}>
      <RootList />
      {roots?.length === 0 && <p className="quiet">None yet: add the folder that holds your music.</p>}
      <IgnoredFiles />
      {settings && (
        <div className={`${styles.rows} ${styles.apart}`}>
          <label>
            <input
              type="checkbox"
              checked={settings.watch_folders}
              onChange={({ target }) => void toggle({ watch_folders: target.checked })}
            />{' '}
            Watch folders for new, moved and deleted files
          </label>
          <NumberRow
            words="Check network drives every"
            unit="min"
            step={1}
            value={Math.round((settings.watch_interval_seconds / SECONDS_PER_MINUTE) * 100) / 100}
            onChange={(value) => changeNumber('watch_interval_seconds', value * SECONDS_PER_MINUTE)}
          />
          <span role="status" className="quiet">
            {said}
          </span>
        </div>
      )}
    </Panel>
  )
}
