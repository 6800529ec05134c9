import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { deskPath } from '../kit/desk-path.ts'
import { useArrival } from '../kit/use-arrival.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import { Comparison } from './comparison.tsx'
import { DatasetPanel } from './dataset-panel.tsx'
import { LabelList } from './label-list.tsx'
import { LensesPanel } from './lenses-panel.tsx'
import { ModelReport } from './model-report.tsx'
import { ModelsPanel } from './models-panel.tsx'
import { OfferDialog } from './offer-dialog.tsx'
import { ReviewQueue } from './review-queue.tsx'
import { ScopesPanel } from './scopes-panel.tsx'
import { TrainingPanel } from './training-panel.tsx'
import styles from './training-screen.module.css'
import { compareVersions, openReport, useTraining } from './training-state.ts'

/** A panel that opens far from its button takes the focus. */
const Arrival = ({ isNew, children }: { readonly isNew: boolean; readonly children: ReactNode }): ReactElement => (
  <div ref={useArrival<HTMLDivElement>(useState(isNew)[0])} tabIndex={-1} className={styles.arrival}>
    {children}
  </div>
)

/** What to label next, and what all labels make together. */
export const TrainingScreen = (): ReactElement => {
  const report = useTraining((state) => state.report)
  const compared = useTraining((state) => state.compared)
  const isOwn = useIsCatalogue() === false
  const [isOpen, setOpen] = useState(false)
  useEffect(() => setOpen(true), [])
  const [search, setSearch] = useSearchParams()
  const offer = search.get('offer')
  // Bookmarks may still name the desk as the part of this screen that it was once.
  const trackId = Number(search.get('track'))
  const beat = search.get('beat')
  if (trackId > 0) return <Navigate replace to={deskPath(trackId, beat === null ? undefined : Number(beat))} />
  return (
    <div className={styles.screen}>
      <h1 className="sr-only">Training</h1>
      {offer !== null && <OfferDialog id={offer} onClose={() => setSearch({}, { replace: true })} />}
      {isOwn && <ReviewQueue />}
      {report !== null && (
        <Arrival key={`v${report}`} isNew={isOpen}>
          <ModelReport version={report} onClose={() => openReport(null)} />
        </Arrival>
      )}
      {compared !== null && (
        <Arrival key={compared.join()} isNew={isOpen}>
          <Comparison versions={compared} onClose={() => compareVersions(null)} />
        </Arrival>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <DatasetPanel />
          <LabelList />
          {isOwn && <LensesPanel />}
        </div>
        <div className={styles.column}>
          <TrainingPanel />
          <ModelsPanel open={report} onOpen={openReport} onCompare={compareVersions} />
          {isOwn && <ScopesPanel />}
        </div>
      </div>
    </div>
  )
}
