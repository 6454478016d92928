import { Play } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';
import { IconButton } from '../ui/button.js';
import { BlobImage } from './blob-image.js';
import { FileIcon, FileRow } from './file-row.js';
import type { ShownFile } from './file-place.js';
import { clockText, useSizeText } from './file-words.js';
import { type FilePlace, MOST_SHOWN_BYTES } from './opened-files.js';
import { type ShownAs, shownAs, shownName } from './shown-as.js';
import { thumbnailBlob } from './thumbnail-blob.js';

const FileViewer = lazy(async () => ({ default: (await import('./file-viewer.js')).FileViewer }));

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
  if (kind === 'sound' && place !== undefined) return <Sound file={file} place={place} />;
  return <FileRow file={file} lead={<FileIcon kind={kind} />} onShow={onShow} />;
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
  readonly file: ShownFile;
  readonly place: FilePlace;
}

/** Plays here, without a window of its own. */
function Sound({ file, place }: SoundProps): ReactNode {
  const t = useTranslations('files');
  const sizeText = useSizeText();
  const { opened } = useOpenApp();
  const url = useSelected(opened.files, (files) => {
    const found = files.get(place.messageId);
    return found?.state === 'open' ? found.url : undefined;
  });
  const [isUnknown, setUnknown] = useState(false);
  const { bytes, durationMs } = file.content;
  const name = shownName(file.content.name);
  const play = (
    <IconButton label={t('play', { name })} className="sound-play" onClick={() => void opened.open(place)}>
      <Play size={22} aria-hidden="true" />
    </IconButton>
  );
  return (
    <>
      <FileRow
        file={file}
        lead={url === undefined ? play : <FileIcon kind="sound" />}
        note={durationMs === undefined ? sizeText(bytes) : clockText(durationMs)}
      />
      {isUnknown && <span className="file-problem">{t('notPlayable')}</span>}
      {url !== undefined && !isUnknown && (
        // eslint-disable-next-line jsx-a11y-x/media-has-caption -- what people record for each other has no captions
        <audio className="sound" src={url} controls autoPlay aria-label={name} onError={() => setUnknown(true)} />
      )}
    </>
  );
}
