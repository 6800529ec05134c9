import { type ReactElement, type ReactNode, useState } from 'react'
import { useSearchParams } from 'react-router'
import { Desk } from '../desk/desk.tsx'
import { useArrival } from '../elements/use-arrival.ts'
import { Comparison } from './comparison.tsx'
import { DatasetPanel } from './dataset-panel.tsx'
import { LabelList } from './label-list.tsx'
import { ModelReport } from './model-report.tsx'
import { ModelsPanel } from './models-panel.tsx'
import { ReviewQueue } from './review-queue.tsx'
import { TrainingPanel } from './training-panel.tsx'
import styles from './training-screen.module.css'

/** What opens far from its button is gone to. */
const Arrival = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <div ref={useArrival<HTMLDivElement>()} tabIndex={-1} className={styles.arrival}>
    {children}
  </div>
)

/** The desk of one track above; what all labels make together below. */
export const TrainingScreen = (): ReactElement => {
  const [search] = useSearchParams()
  const trackId = Number(search.get('track'))
  const [report, setReport] = useState<number | null>(null)
  const [compared, setCompared] = useState<readonly [number, number] | null>(null)
  return (
    <div className={styles.screen}>
      <h1 className="sr-only">Training</h1>
      {trackId > 0 ? <Desk key={`${trackId}:${search.get('beat')}`} trackId={trackId} /> : <ReviewQueue />}
      {report !== null && (
        <Arrival key={`v${report}`}>
          <ModelReport version={report} onClose={() => setReport(null)} />
        </Arrival>
      )}
      {compared !== null && (
        <Arrival key={compared.join()}>
          <Comparison versions={compared} onClose={() => setCompared(null)} />
        </Arrival>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <DatasetPanel />
          <LabelList />
        </div>
        <div className={styles.column}>
          <TrainingPanel />
          <ModelsPanel open={report} onOpen={setReport} onCompare={setCompared} />
        </div>
      </div>
    </div>
  )
}
