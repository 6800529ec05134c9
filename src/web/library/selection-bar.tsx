import type { ReactElement } from 'react'
import { Button } from '../elements/button.tsx'
import { useHealth } from '../queries/use-health.ts'
import { analyseAgain, countText, readSectionsAgain } from './library-actions.ts'
import styles from './library-screen.module.css'
import { useLibrary } from './library-state.ts'

/** What can be done with several tracks at once; nothing while one or none is selected. */
export const SelectionBar = (): ReactElement | null => {
  const selected = useLibrary((state) => state.selected)
  const { data: health } = useHealth()
  if (selected.size < 2) return null
  const hasNoModel = health?.active_version === null
  return (
    <span className={styles.selection} role="group" aria-label="Selected tracks">
      <span role="status">{countText(selected.size)} selected</span>
      <Button onClick={() => void analyseAgain([...selected])}>Analyse again</Button>
      <Button
        disabled={hasNoModel}
        title={hasNoModel ? 'No model version is active yet' : undefined}
        onClick={() => void readSectionsAgain([...selected])}
      >
        Read sections again
      </Button>
      <Button look="bare" onClick={() => useLibrary.setState({ selected: new Set() })}>
        Select none
      </Button>
    </span>
  )
}
