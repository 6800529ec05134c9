import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { countText } from '../../../core/units/count-text.ts'
import { lengthText } from '../../../core/units/length-text.ts'
import { Panel } from '../../kit/elements/panel.tsx'
import { ProblemNote } from '../../kit/elements/problem-note.tsx'
import { useDisplay } from '../../kit/words/display.ts'
import { queryOf } from '../../queries/query-of.ts'
import type { TrackSearch } from '../../queries/use-tracks.ts'
import { BarChart, type ChartProps, LyingBars } from './bar-chart.tsx'
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

type ChartPanelProps<One extends Figure> = ChartProps<One> & {
  readonly title: string
  readonly columns: readonly string[]
  /** Of how many tracks it is not known, and how that is said. */
  readonly unknown?: number
  readonly unknownWords?: string
  /** What stands there while it has no bar. */
  readonly empty?: string
  readonly chart: (props: ChartProps<One>) => ReactElement
  /** What stands below the chart. */
  readonly children?: ReactNode
}

const ChartPanel = <One extends Figure>({
  title,
  figures,
  totals,
  columns,
  unknown = 0,
  unknownWords = 'not known',
  empty = 'Nothing is known yet.',
  chart: Chart,
  label,
  children,
}: ChartPanelProps<One>): ReactElement => (
  <Panel title={title} aside={unknown > 0 && `${unknown.toLocaleString('en-GB')} ${unknownWords}`}>
    {figures.every(({ tracks }) => tracks === 0) ? (
      <p className="quiet">{empty}</p>
    ) : (
      <>
        <Chart figures={figures} label={label} {...(totals ? { totals } : {})} />
        {children}
        <FigureTable figures={figures} columns={columns} label={title} />
      </>
    )}
  </Panel>
)

const unitOf = { day: 'Day', month: 'Month', year: 'Year' } as const

/** How the tracks that the filters leave spread over what is known of them. Every bar leads to its tracks. */
export const OverviewPanel = ({ search }: { readonly search: TrackSearch }): ReactElement => {
  const { sort: _, order: __, ...query } = search
  const notation = useDisplay((state) => state.keyNotation)
  const { data, error } = useQuery({ ...queryOf('libraryOverview', { query }), placeholderData: (before) => before })
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className={styles.waiting}>Counting…</p>
  const { tempo, keys, labels, heard, colours, added } = data
  return (
    <div className={styles.overview}>
      <p className="quiet">
        {countText(data.tracks)}, {lengthText(data.minutes)} of music. Choose a bar or a slice to list its tracks.
      </p>
      <div className={styles.panels}>
        <ChartPanel
          title="Tempo"
          figures={tempoFigures(data)}
          columns={['Tempo']}
          unknown={tempo.unknown}
          chart={BarChart}
          label="Tracks by tempo"
        />
        <ChartPanel
          title="Key"
          figures={keyFigures(data, notation)}
          columns={['Key']}
          unknown={keys.unknown}
          chart={KeyWheel}
          label="Keys on the Camelot wheel"
        />
        <ChartPanel
          title="Energy"
          figures={energyFigures(data)}
          columns={['Energy']}
          unknown={data.energy.unknown}
          chart={BarChart}
          label="Tracks by energy"
        />
        <ChartPanel
          title="Labelled by you"
          figures={kindFigures(data)}
          columns={['Kind', 'Minutes']}
          unknown={labels.unlabelled}
          unknownWords="without labels"
          empty="You have labelled nothing yet."
          chart={LyingBars}
          label="Tracks and minutes by labelled kind"
        />
        <ChartPanel
          title="Heard in them"
          figures={heardFigures(data)}
          columns={['Sound']}
          unknown={heard.unknown}
          unknownWords="not heard yet"
          empty={
            heard.unknown < data.tracks
              ? 'Nothing is heard in them surely enough to be shown.'
              : 'No network has heard them yet.'
          }
          chart={LyingBars}
          label="Tracks by what is heard in them"
        >
          {heard.more_tags > 0 && <p className="quiet">and {countText(heard.more_tags, 'rarer sound')}</p>}
        </ChartPanel>
        <ChartPanel
          title="Added"
          figures={growthFigures(data)}
          totals={added.bars.map(({ total }) => total)}
          columns={[unitOf[added.by], 'In all']}
          chart={BarChart}
          label={`Tracks by the ${added.by} they were added; the line is all of them until then`}
        />
        <ChartPanel
          title="Rating"
          figures={ratingFigures(data)}
          columns={['Rating']}
          chart={BarChart}
          label="Tracks by rating"
        />
        <ChartPanel
          title="Colour"
          figures={colourFigures(data)}
          columns={['Colour']}
          unknown={colours.none}
          unknownWords="without a colour"
          empty="No track has a colour."
          chart={LyingBars}
          label="Tracks by colour"
        />
      </div>
    </div>
  )
}
