import { type ReactElement, useEffect } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { graphProgressText, useGraphProgress } from '../queries/graph-progress.ts'
import styles from './graph-screen.module.css'

type Computing = { readonly tracks: number; readonly isFirst: boolean; readonly isComputing: boolean }

/** That the graph is being computed, for the first time or because the library has changed, and how far that is. */
export const GraphProgress = ({ tracks, isFirst, isComputing }: Computing): ReactElement | null => {
  const progress = useGraphProgress((state) => state.progress)
  useEffect(() => {
    if (!isComputing) useGraphProgress.setState({ progress: null })
  }, [isComputing])
  if (!isComputing) return null
  return (
    <div className={styles.note}>
      <p role="status">
        {isFirst
          ? `Judging how ${countText(tracks)} lead into each other. The first time this takes a while.`
          : 'The library has changed. The graph is being brought up to date.'}
      </p>
      {progress !== null && <p className="quiet">{graphProgressText(progress)}</p>}
    </div>
  )
}
