import { HeatmapChart, LineChart } from 'echarts/charts';
import { CalendarComponent, GridComponent, LegendComponent, TitleComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { FONT, toPng } from './png.js';

use([
  HeatmapChart,
  LineChart,
  CalendarComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  VisualMapComponent,
  SVGRenderer,
]);

export interface LookBackPicture {
  /** Local dates, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  /** Days with a check-in, rising; ratings from 0 to 10. */
  readonly days: readonly { readonly day: string; readonly mood?: number; readonly craving?: number }[];
  readonly words: {
    readonly days: string;
    readonly mood: string;
    readonly craving: string;
    /** BCP 47, for the names of months and days. */
    readonly language: string;
  };
}

const WIDTH = 800;
const MARGIN = 56;
const STRIP_TOP = 64;
const CELL = 20;
const GAP = 64;
const TREND = 190;

/** Colours of Okabe and Ito, which can be told apart without red and green; craving is dashed besides. */
const COLOURS = {
  day: '#0072b2',
  none: '#eceff1',
  mood: '#0072b2',
  craving: '#d55e00',
  text: '#37474f',
  line: '#b0bec5',
} as const;

const DAY = 24 * 60 * 60_000;
const textStyle = { fontFamily: FONT, fontSize: 13, color: COLOURS.text };

function everyDay(from: string, to: string): string[] {
  const first = Date.parse(from);
  const count = Math.round((Date.parse(to) - first) / DAY) + 1;
  return Array.from({ length: count }, (_, i) => new Date(first + i * DAY).toISOString().slice(0, 10));
}

function namesOf(language: string) {
  const format = (options: Intl.DateTimeFormatOptions, at: number) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at);
  return {
    months: Array.from({ length: 12 }, (_, month) => format({ month: 'short' }, Date.UTC(2026, month, 15))),
    // 2026-03-01 is a Sunday.
    weekdays: Array.from({ length: 7 }, (_, day) => format({ weekday: 'narrow' }, Date.UTC(2026, 2, 1 + day))),
    short: (day: string) => format({ day: 'numeric', month: 'short' }, Date.parse(day)),
  };
}

function strip({ from, to, days, words }: LookBackPicture, width: number): EChartsCoreOption {
  const names = namesOf(words.language);
  const marked = new Set(days.map(({ day }) => day));
  return {
    title: [{ text: words.days, left: MARGIN, top: 12, textStyle: { ...textStyle, fontSize: 15, fontWeight: 600 } }],
    visualMap: {
      show: false,
      type: 'piecewise',
      seriesIndex: 0,
      pieces: [
        { value: 0, color: COLOURS.none },
        { value: 1, color: COLOURS.day },
      ],
    },
    calendar: {
      top: STRIP_TOP,
      left: MARGIN,
      cellSize: [width, CELL],
      range: [from, to],
      splitLine: { show: false },
      itemStyle: { borderColor: '#ffffff', borderWidth: 3 },
      dayLabel: { ...textStyle, firstDay: 1, nameMap: names.weekdays },
      monthLabel: { ...textStyle, nameMap: names.months },
      yearLabel: { show: false },
    },
    series: {
      type: 'heatmap',
      coordinateSystem: 'calendar',
      data: everyDay(from, to).map((day) => [day, marked.has(day) ? 1 : 0]),
    },
  };
}

const rating = (value: number | undefined) => (value === undefined ? null : Math.round(value * 10) / 10);

function trend({ from, to, days, words }: LookBackPicture, top: number): EChartsCoreOption {
  const names = namesOf(words.language);
  const axis = everyDay(from, to);
  const byDay = new Map(days.map((day) => [day.day, day]));
  const line = (name: string, question: 'mood' | 'craving', look: object) => ({
    name,
    type: 'line',
    data: axis.map((day) => rating(byDay.get(day)?.[question])),
    connectNulls: true,
    showAllSymbol: true,
    symbolSize: axis.length > 100 ? 3 : 6,
    ...look,
  });
  return {
    legend: { top: top - 36, left: MARGIN - 8, textStyle, itemWidth: 36, data: [words.mood, words.craving] },
    grid: { top, left: MARGIN, width: WIDTH - 2 * MARGIN, height: TREND },
    xAxis: {
      type: 'category',
      data: axis.map(names.short),
      boundaryGap: false,
      axisLabel: { ...textStyle, hideOverlap: true },
      axisLine: { lineStyle: { color: COLOURS.line } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 10,
      interval: 5,
      axisLabel: textStyle,
      splitLine: { lineStyle: { color: COLOURS.line } },
    },
    series: [
      line(words.mood, 'mood', {
        symbol: 'circle',
        color: COLOURS.mood,
        lineStyle: { width: 2.5, color: COLOURS.mood },
        itemStyle: { color: COLOURS.mood },
      }),
      line(words.craving, 'craving', {
        symbol: 'diamond',
        color: COLOURS.craving,
        lineStyle: { width: 2.5, type: 'dashed', color: COLOURS.craving },
        itemStyle: { color: COLOURS.craving },
      }),
    ],
  };
}

/** As SVG: a strip of days, and below it the trend, if anything was rated. */
export function drawLookBack(picture: LookBackPicture): string {
  const weeks = Math.ceil(everyDay(picture.from, picture.to).length / 7) + 1;
  const cell = Math.min(CELL, Math.floor((WIDTH - 2 * MARGIN) / weeks));
  const stripBottom = STRIP_TOP + 7 * CELL;
  const hasTrend = picture.days.some(({ mood, craving }) => mood !== undefined || craving !== undefined);
  const top = stripBottom + GAP;
  const above = strip(picture, cell);
  const below = hasTrend ? trend(picture, top) : {};
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: WIDTH,
    height: hasTrend ? top + TREND + 40 : stripBottom + 24,
  });
  try {
    const series = [above.series, ...(Array.isArray(below.series) ? below.series : [])];
    chart.setOption({ ...above, ...below, series, animation: false, backgroundColor: '#ffffff', textStyle });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** As PNG, {@link drawLookBack} in a font of our own. */
export const paintLookBack = (picture: LookBackPicture): Promise<Uint8Array> => toPng(drawLookBack(picture));
