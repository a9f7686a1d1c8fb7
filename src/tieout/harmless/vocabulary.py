"""The elements and attributes that pages and drawings may have, as the specifications spell them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


TEXT = words(
    """
    a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins
    kbd label li main mark meter nav ol p picture pre progress q rp rt ruby s samp section small source
    span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr audio video
    """
)
FORMULAS = words(
    """
    annotation math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded
    mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
    munderover none semantics
    """
)
SHAPES = words(
    """
    a circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern polygon
    polyline radialGradient rect stop svg switch symbol text textPath title tspan use
    """
)
# Only in drawings of their own: on a page they would reach beyond the drawing, or cost more than they show.
DRAWN = words(
    """
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter metadata style
    """
)
EVERYWHERE = words("class dir hidden id lang role style tabindex title translate")
OF_TEXT: dict[str, frozenset[str]] = {
    "a": words("download href hreflang rel target"),
    "img": words("alt decoding height loading src width"),
    "input": words("checked disabled type"),
    "label": words("for"),
    "audio": words("controls loop muted src"),
    "source": words("media src srcset type"),
    "video": words("controls height loop muted poster src width"),
    "details": words("open"),
    "ol": words("reversed start type"),
    "li": words("value"),
    "data": words("value"),
    "time": words("datetime"),
    "meter": words("high low max min optimum value"),
    "progress": words("max value"),
    "col": words("span width"),
    "colgroup": words("span"),
    "table": words("align border cellpadding cellspacing width"),
    "td": words("align colspan headers rowspan valign width"),
    "th": words("align colspan headers rowspan scope valign width"),
    **{name: words("align") for name in ("caption", "div", "p", "tr", "thead", "tbody", "tfoot")},
    **{name: words("cite") for name in ("blockquote", "q")},
    **{name: words("cite datetime") for name in ("del", "ins")},
}
OF_FORMULAS = words(
    """
    accent accentunder align columnalign columnlines columnspacing columnspan depth dir display
    displaystyle encoding fence form frame height largeop linethickness lquote lspace mathbackground
    mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing
    rowspan rquote rspace scriptlevel separator separators stretchy symmetric voffset width xmlns
    """
)
OF_SHAPES = words(
    """
    alignment-baseline amplitude azimuth baseFrequency baseline-shift baseProfile bias class clip
    clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters
    color-rendering contentScriptType contentStyleType cursor cx cy d dir diffuseConstant direction
    display divisor dominant-baseline dx dy edgeMode elevation enable-background exponent fill
    fill-opacity fill-rule filter filterUnits flood-color flood-opacity font font-family font-size
    font-size-adjust font-stretch font-style font-variant font-weight fr fx fy
    glyph-orientation-horizontal glyph-orientation-vertical gradientTransform gradientUnits height href
    id image-rendering in in2 intercept k1 k2 k3 k4 kernelMatrix kerning lang lengthAdjust letter-spacing
    lighting-color limitingConeAngle marker-end marker-mid marker-start markerHeight markerUnits
    markerWidth mask mask-type maskContentUnits maskUnits media method mode numOctaves offset opacity
    operator order orient overflow paint-order pathLength patternContentUnits patternTransform
    patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAspectRatio preserveAlpha
    primitiveUnits r radius refX refY requiredFeatures result role rotate rx ry scale seed
    shape-rendering side slope space spacing specularConstant specularExponent spreadMethod startOffset
    stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale
    systemLanguage tabindex tableValues targetX targetY text-anchor text-decoration text-rendering
    textLength title transform transform-origin type unicode-bidi values vector-effect version viewBox
    visibility width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z xmlns
    xmlns:xlink xml:space xml:lang xlink:href xlink:title
    """
)

# Tags of a page's own frame, which none of its text may open or close.
FRAME = words("article footer header main nav section")
