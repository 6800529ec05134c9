import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { countText } from '../../../core/units/count-text.ts'
import { Panel } from '../../kit/elements/panel.tsx'
import { ProblemNote } from '../../kit/elements/problem-note.tsx'
import { useDisplay } from '../../kit/words/display.ts'
import { queryOf } from '../../queries/query-of.ts'
import type { TrackSearch } from '../../queries/use-tracks.ts'
import { BarChart, LyingBars } from './bar-chart.tsx'
import { type Figure, FigureTable } from './figure-table.tsx'
import { KeyWheel } from './key-wheel.tsx'
import styles from './overview.module.css'
import {
  colourFigures,
  energyFigures,
  growthFigures,
  heardFigures,
  keyFigures,
  kindFigures,
  ratingFigures,
  tempoFigures,
} from './overview-figures.ts'

type ChartPanelProps = {
  readonly title: string
  readonly figures: readonly Figure[]
  readonly columns: readonly string[]
  /** Of how many tracks it is not known, and how that is said. */
  readonly unknown?: number
  readonly unknownWords?: string
  /** What stands there while it has no bar. */
  readonly empty?: string
  readonly children: ReactNode
}

const ChartPanel = ({
  title,
  figures,
  columns,
  unknown = 0,
  unknownWords = 'not known',
  empty = 'Nothing is known yet.',
  children,
}: ChartPanelProps): ReactElement => (
  <Panel title={title} aside={unknown > 0 && `${unknown.toLocaleString('en-GB')} ${unknownWords}`}>
    {figures.every(({ tracks }) => tracks === 0) ? (
      <p className="quiet">{empty}</p>
    ) : (
      <>
        {children}
        <FigureTable figures={figures} columns={columns} label={title} />
      </>
    )}
  </Panel>
)

const lengthText = (minutes: number): string => {
  const hours = Math.floor(minutes / 60)
  return hours === 0
    ? `${Math.round(minutes)} min`
    : `${hours.toLocaleString('en-GB')} h ${Math.floor(minutes % 60)} min`
}

const unitOf = { day: 'Day', month: 'Month', year: 'Year' } as const

/** How the tracks that the filters leave spread over what is known of them. Every bar leads to its tracks. */
export const OverviewPanel = ({ search }: { readonly search: TrackSearch }): ReactElement => {
  const { sort: _, order: __, ...query } = search
  const notation = useDisplay((state) => state.keyNotation)
  const { data, error } = useQuery({ ...queryOf('libraryOverview', { query }), placeholderData: (before) => before })
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className={styles.waiting}>Counting…</p>
  const [tempi, keys, energies] = [tempoFigures(data), keyFigures(data, notation), energyFigures(data)]
  const [kinds, heard, growth] = [kindFigures(data), heardFigures(data), growthFigures(data)]
  const [ratings, colours] = [ratingFigures(data), colourFigures(data)]
  const { more_tags: moreTags } = data.heard
  return (
    <div className={styles.overview}>
      <p className="quiet">
        {countText(data.tracks)}, {lengthText(data.minutes)} of music. Choose a bar or a slice to list its tracks.
      </p>
      <div className={styles.panels}>
        <ChartPanel title="Tempo" figures={tempi} columns={['Tempo']} unknown={data.tempo.unknown}>
          <BarChart figures={tempi} label="Tracks by tempo" />
        </ChartPanel>
        <ChartPanel title="Key" figures={keys} columns={['Key']} unknown={data.keys.unknown}>
          <KeyWheel figures={keys} />
        </ChartPanel>
        <ChartPanel title="Energy" figures={energies} columns={['Energy']} unknown={data.energy.unknown}>
          <BarChart figures={energies} label="Tracks by energy" />
        </ChartPanel>
        <ChartPanel
          title="Labelled by you"
          figures={kinds}
          columns={['Kind', 'Minutes']}
          unknown={data.labels.unlabelled}
          unknownWords="without labels"
          empty="You have labelled nothing yet."
        >
          <LyingBars figures={kinds} label="Tracks and minutes by labelled kind" />
        </ChartPanel>
        <ChartPanel
          title="Heard in them"
          figures={heard}
          columns={['Sound']}
          unknown={data.heard.unknown}
          unknownWords="not heard yet"
          empty="No network has heard them yet."
        >
          <LyingBars figures={heard} label="Tracks by what is heard in them" />
          {moreTags > 0 && <p className="quiet">and {countText(moreTags, 'rarer sound')}</p>}
        </ChartPanel>
        <ChartPanel title="Added" figures={growth} columns={[unitOf[data.added.by], 'In all']}>
          <BarChart
            figures={growth}
            label={`Tracks by the ${data.added.by} they were added; the line is all of them until then`}
            totals={data.added.bars.map(({ total }) => total)}
          />
        </ChartPanel>
        <ChartPanel title="Rating" figures={ratings} columns={['Rating']}>
          <BarChart figures={ratings} label="Tracks by rating" />
        </ChartPanel>
        <ChartPanel
          title="Colour"
          figures={colours}
          columns={['Colour']}
          unknown={data.colours.none}
          unknownWords="without a colour"
          empty="No track has a colour."
        >
          <LyingBars figures={colours} label="Tracks by colour" />
        </ChartPanel>
      </div>
    </div>
  )
}
