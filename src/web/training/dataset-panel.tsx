import type { ReactElement } from 'react'
import { SECTION_COLOURS, SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { useIsCatalogue } from '../queries/use-health.ts'
import { type LabelStats, useLabelStats } from '../queries/use-training.ts'
import styles from './dataset-panel.module.css'
import { LabelQualityNotes } from './label-quality-notes.tsx'

const Counts = ({ stats }: { readonly stats: LabelStats }): ReactElement => (
  <ul className={styles.grid}>
    {SECTION_KINDS.map((kind) => {
      const [count, least] = [stats.label_counts[kind], stats.min_samples_required]
      const { tracks, minutes } = stats.per_class[kind] ?? { tracks: 0, minutes: 0 }
      return (
        <li key={kind} className={styles.kind} style={{ borderTopColor: SECTION_COLOURS[kind] }}>
          <KindChip kind={kind} />
          <strong className="figures">
            {count}/{least} {count >= least ? '✓' : ''}
          </strong>
          <span className="quiet figures">
            {tracks} {tracks === 1 ? 'track' : 'tracks'}
            <br />
            {minutes.toFixed(1)} min
          </span>
        </li>
      )
    })}
  </ul>
)

/** How much there is to learn from, and what is missing for a training. */
export const DatasetPanel = (): ReactElement => {
  const isOwn = useIsCatalogue() === false
  const { data: stats, error } = useLabelStats()
  return (
    <Panel
      title="Training Dataset"
      aside={stats && `${countText(stats.total_labels, 'label')} on ${countText(stats.tracks_covered)}`}
    >
      {error && <ProblemNote error={error} />}
      {stats && <Counts stats={stats} />}
      {stats?.ready_for_training && (
        <p className={styles.ready}>✓ Ready for training (all classes have {stats.min_samples_required}+ samples)</p>
      )}
      {stats && !stats.ready_for_training && (
        <ul className={styles.missing}>
          {stats.missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {isOwn && <LabelQualityNotes />}
    </Panel>
  )
}
