import { FileAudio, FileText, Film, Image, Play } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';
import { BlobImage } from './blob-image.js';
import { FileRow } from './file-row.js';
import type { ShownFile } from './file-place.js';
import { clockText } from './file-words.js';
import { type FilePlace, MOST_SHOWN_BYTES } from './opened-files.js';
import { type ShownAs, shownAs, shownName } from './shown-as.js';
import { thumbnailBlob } from './thumbnail-blob.js';

const FileViewer = lazy(async () => ({ default: (await import('./file-viewer.js')).FileViewer }));

const ICONS = { picture: Image, film: Film, sound: FileAudio } as const;

/** A file in a bubble: what can be seen of it before it is fetched, and how it is fetched. */
export function FileBody({ file }: { readonly file: ShownFile }): ReactNode {
  const [isShown, setShown] = useState(false);
  const { place, content } = file;
  const kind = content.bytes > MOST_SHOWN_BYTES ? undefined : shownAs(content.mediaType);
  const onShow = place === undefined || kind === undefined || kind === 'sound' ? undefined : () => setShown(true);
  return (
    <div className="file-body">
      <Look file={file} kind={kind} onShow={onShow} />
      {isShown && place !== undefined && kind !== undefined && (
        <Suspense fallback={null}>
          <FileViewer place={place} kind={kind} onClose={() => setShown(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface LookProps {
  readonly file: ShownFile;
  readonly kind: ShownAs | undefined;
  readonly onShow: (() => void) | undefined;
}

function Look({ file, kind, onShow }: LookProps): ReactNode {
  const { content, place } = file;
  const isSeen = kind === 'picture' || kind === 'film';
  if (isSeen && content.thumbnail !== undefined) return <Preview file={file} kind={kind} onShow={onShow} />;
  return (
    <>
      {kind === 'sound' && place !== undefined && <Sound content={content} place={place} />}
      <FileRow file={file} Icon={kind === undefined ? FileText : ICONS[kind]} onShow={onShow} />
    </>
  );
}

/** What its sender says that it looks like. */
function Preview({ file: { content }, kind, onShow }: LookProps): ReactNode {
  const t = useTranslations('files');
  const seen = useMemo(() => thumbnailBlob(content.thumbnail), [content.thumbnail]);
  const name = shownName(content.name);
  const { width = 4, height = 3, durationMs } = content;
  const picture = (
    <>
      {seen !== undefined && <BlobImage blob={seen} />}
      {kind === 'film' && (
        <span className="preview-play">
          <Play size={26} aria-hidden="true" />
        </span>
      )}
      {durationMs !== undefined && <span className="preview-length">{clockText(durationMs)}</span>}
    </>
  );
  const style = { aspectRatio: String(Math.min(2.4, Math.max(0.6, width / height))) };
  if (onShow === undefined)
    return (
      <span className="preview" style={style}>
        <span className="sr-only">{name}</span>
        {picture}
      </span>
    );
  return (
    <button type="button" className="preview" style={style} onClick={onShow}>
      <span className="sr-only">{t(kind === 'film' ? 'play' : 'open', { name })}</span>
      {picture}
    </button>
  );
}

interface SoundProps {
  readonly content: ShownFile['content'];
  readonly place: FilePlace;
}

/** Plays here, without a window of its own. */
function Sound({ content, place }: SoundProps): ReactNode {
  const t = useTranslations('files');
  const { opened } = useOpenApp();
  const url = useSelected(opened.files, (files) => {
    const file = files.get(place.messageId);
    return file?.state === 'open' ? file.url : undefined;
  });
  const [isUnknown, setUnknown] = useState(false);
  const name = shownName(content.name);
  if (isUnknown) return <span className="file-problem">{t('notPlayable')}</span>;
  if (url !== undefined)
    // eslint-disable-next-line jsx-a11y-x/media-has-caption -- what people record for each other has no captions
    return <audio className="sound" src={url} controls autoPlay aria-label={name} onError={() => setUnknown(true)} />;
  return (
    <button type="button" className="icon-button sound-play" onClick={() => void opened.open(place)}>
      <Play size={22} aria-hidden="true" />
      <span className="sr-only">{t('play', { name })}</span>
      {content.durationMs !== undefined && <span>{clockText(content.durationMs)}</span>}
    </button>
  );
}
